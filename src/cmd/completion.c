/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/completion.h"
#include "cmd/command.h"
#include "cmd/options.h"
#include "report/report_format.h"

#include <string.h>

/* What begins the value of these is a file or folder's name. */
static const char *const file_args[] = {
	"FILE", "PATH", "ROOT", "HIVE", "DIR", "D=DIR",
};

static bool
is_separator(char c)
{
	return c == ' ' || c == '[' || c == ']' || c == '|' || c == '.' ||
	    c == '\0';
}

/* Has TEXT, "[OPTION...] FILE...", one of these words? */
static bool
names_file(const char *text)
{
	size_t i, len;

	for (; *text != '\0'; text += len + (text[len] != '\0')) {
		for (len = 0; !is_separator(text[len]); len++)
			;
		for (i = 0; i < sizeof(file_args) / sizeof(file_args[0]); i++)
			if (strlen(file_args[i]) == len &&
			    memcmp(file_args[i], text, len) == 0)
				return true;
	}
	return false;
}

static bool
takes_file(const struct option_row *row)
{
	return row->arg != NULL && names_file(row->arg);
}

/* What follows the options; "--from PATH" is one of them. */
static bool
wants_file(const struct command *cmd)
{
	return cmd->max_args != 0 && names_file(cmd->synopsis);
}

/* Option N of CMD, its own before the common ones; NULL behind the last. */
static const struct option_row *
row_at(const struct command *cmd, size_t n)
{
	const struct option_row *common;
	size_t count = common_rows(&common);

	if (n < cmd->option_count)
		return &cmd->options[n];
	n -= cmd->option_count;
	return n < count ? &common[n] : NULL;
}

/* Value N of an option that has a few, or NULL. */
static const char *
value_at(const struct command *cmd, const struct option_row *row, size_t n)
{
	/* "detect" is the last one, and not for every command. */
	static const char *const styles[] = {
		"verdict", "zero", "nagios", "detect",
	};
	static const char *const groups[] = { "product", "release",
		"verdict" };
	size_t count = sizeof(styles) / sizeof(styles[0]) - !cmd->detects;
	const struct report_format *f;

	if (row->type == OPTION_FORMAT) {
		f = report_format_at(cmd->result, n);
		return f != NULL ? f->name : NULL;
	}
	if (strcmp(row->name, "exit-style") == 0)
		return n < count ? styles[n] : NULL;
	if (strcmp(row->name, "group-by") == 0)
		return n < sizeof(groups) / sizeof(groups[0]) ? groups[n] :
		    NULL;
	return NULL;
}

/* EACH of the commands that run, those of groups too. */
static void
for_commands(struct sink *out,
    void (*each)(struct sink *out, const struct command *cmd))
{
	const struct command *const *all;
	size_t i, k, n = commands(&all);

	for (i = 0; i < n; i++) {
		if (all[i]->subs == NULL)
			each(out, all[i]);
		for (k = 0; k < all[i]->sub_count; k++)
			each(out, all[i]->subs[k]);
	}
}

/* "-f", "--format", each between BEFORE and AFTER. */
static void
put_names(struct sink *out, const struct option_row *row, const char *before,
    const char *between, const char *after)
{
	sink_printf(out, "%s--%s%s", before, row->name, after);
	if (row->letter != 0)
		sink_printf(out, "%s%s-%c%s", between, before, row->letter,
		    after);
}

/* The values of an option, SEPARATOR between them. */
static void
put_values(struct sink *out, const struct command *cmd,
    const struct option_row *row, const char *quote, const char *separator)
{
	const char *value;
	size_t n;

	for (n = 0; (value = value_at(cmd, row, n)) != NULL; n++)
		sink_printf(out, "%s%s%s%s", n != 0 ? separator : "", quote,
		    value, quote);
}

/* TEXT between single quotes of a shell, in a list of zsh's whose fields end
 * with ":" or "]". */
static void
put_escaped(struct sink *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			sink_puts(out, "'\\'");
		else if (strchr("[]:\\", *text) != NULL)
			sink_puts(out, "\\");
		sink_printf(out, "%c", *text);
	}
}

/* Names of LIST, a space between them. */
static void
put_list(struct sink *out, const struct command *const *list, size_t count,
    const char *quote, const char *separator)
{
	size_t i;

	for (i = 0; i < count; i++)
		sink_printf(out, "%s%s%s%s", i != 0 ? separator : "", quote,
		    command_short_name(list[i]), quote);
}

/* Their names, SEPARATOR before each, and what may stand in a command's place
 * besides. */
static void
put_plain(struct sink *out, const char *quote, const char *separator)
{
	const struct plain_command *plain;
	size_t i, n = plain_commands(&plain);

	for (i = 0; i < n; i++)
		sink_printf(out, "%s%s%s%s", separator, quote, plain[i].name,
		    quote);
	sink_printf(out, "%s%s--help%s%s%s--version%s", separator, quote,
	    quote, separator, quote, quote);
}

/* ---------------------------------------------------------------- bash */

/* What the value of one option may be, as a line of "case $prev". */
static void
bash_value(struct sink *out, const struct command *cmd,
    const struct option_row *row)
{
	if (row->arg == NULL)
		return;
	sink_puts(out, "\t\t");
	put_names(out, row, "", " | ", "");
	sink_puts(out, ") ");
	if (value_at(cmd, row, 0) != NULL) {
		sink_puts(out, "words='");
		put_values(out, cmd, row, "", " ");
		sink_puts(out, "' files='' ;;\n");
	} else
		sink_printf(out, "words='' files='%s' ;;\n",
		    takes_file(row) ? "yes" : "");
}

static void
bash_command(struct sink *out, const struct command *cmd)
{
	const struct option_row *row;
	size_t n;

	sink_printf(out, "\t'%s')\n\t\twords='", cmd->name);
	for (n = 0; (row = row_at(cmd, n)) != NULL; n++) {
		sink_puts(out, n % 6 == 5 ? "\n\t\t\t" : n != 0 ? " " : "");
		put_names(out, row, "", " ", "");
	}
	sink_printf(out, "'\n\t\tfiles='%s'\n\t\tcase $prev in\n",
	    wants_file(cmd) ? "yes" : "");
	for (n = 0; (row = row_at(cmd, n)) != NULL; n++)
		bash_value(out, cmd, row);
	sink_puts(out, "\t\tesac ;;\n");
}

static void
bash_groups(struct sink *out, const struct command *const *all, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (all[i]->subs == NULL)
			continue;
		sink_printf(out, "\t'%s')\n\t\t((COMP_CWORD == 2)) ||\n"
		    "\t\t\tcommand=\"%s ${COMP_WORDS[2]}\"\n\t\twords='",
		    all[i]->name, all[i]->name);
		put_list(out, all[i]->subs, all[i]->sub_count, "", " ");
		sink_puts(out, " --help' ;;\n");
	}
}

static void
bash_plain(struct sink *out, const struct command *const *all, size_t n)
{
	const struct plain_command *plain;
	size_t i, count = plain_commands(&plain);

	for (i = 0; i < count; i++) {
		sink_printf(out, "\t'%s') words='", plain[i].name);
		if (plain[i].words != NULL)
			sink_puts(out, plain[i].words);
		else
			put_list(out, all, n, "", " ");
		sink_puts(out, "' ;;\n");
	}
}

static void
put_bash(struct sink *out)
{
	const struct command *const *all;
	size_t n = commands(&all);

	sink_puts(out,
	    "# shellcheck shell=bash\n"
	    "# Completion of rollcall for bash.\n"
	    "# Generated by \"rollcall completion bash\".\n"
	    "_rollcall()\n{\n"
	    "\tlocal command=${COMP_WORDS[1]} words='' files='' word\n"
	    "\tlocal cur=${COMP_WORDS[COMP_CWORD]}\n"
	    "\tlocal prev=${COMP_WORDS[COMP_CWORD - 1]}\n\n"
	    "\t# bash takes \"--format=json\" for three words.\n"
	    "\tif [[ $cur == = ]]; then\n"
	    "\t\tcur=''\n"
	    "\telif [[ $prev == = ]]; then\n"
	    "\t\tprev=${COMP_WORDS[COMP_CWORD - 2]}\n"
	    "\tfi\n"
	    "\tCOMPREPLY=()\n"
	    "\tcase $command in\n");
	bash_groups(out, all, n);
	bash_plain(out, all, n);
	sink_puts(out, "\tesac\n\tif ((COMP_CWORD == 1)); then\n"
	    "\t\tcommand='' words='");
	put_list(out, all, n, "", " ");
	put_plain(out, "", " ");
	sink_puts(out, "'\n\tfi\n\tcase $command in\n");
	for_commands(out, bash_command);
	sink_puts(out, "\tesac\n"
	    "\tif [[ -n $files && $cur != -* ]]; then\n"
	    "\t\tcompopt -o filenames 2>/dev/null\n"
	    "\t\twhile IFS='' read -r word; do\n"
	    "\t\t\tCOMPREPLY+=(\"$word\")\n"
	    "\t\tdone < <(compgen -f -- \"$cur\")\n"
	    "\telse\n"
	    "\t\twhile IFS='' read -r word; do\n"
	    "\t\t\tCOMPREPLY+=(\"$word\")\n"
	    "\t\tdone < <(compgen -W \"$words\" -- \"$cur\")\n"
	    "\tfi\n}\n"
	    "complete -F _rollcall rollcall\n");
}

/* ----------------------------------------------------------------- zsh */

static void
zsh_row(struct sink *out, const struct command *cmd,
    const struct option_row *row)
{
	const char *many = row->type == OPTION_LIST ? "*" : "";

	sink_puts(out, " \\\n\t\t");
	if (row->letter != 0 && many[0] != '\0')
		sink_printf(out, "'*'{-%c,--%s}'", row->letter, row->name);
	else if (row->letter != 0)
		sink_printf(out, "'(-%c --%s)'{-%c,--%s}'", row->letter,
		    row->name, row->letter, row->name);
	else
		sink_printf(out, "'%s--%s", many, row->name);
	if (row->arg != NULL && row->letter == 0)
		sink_puts(out, "=");
	sink_puts(out, "[");
	put_escaped(out, row->help);
	sink_puts(out, "]");
	if (row->arg != NULL) {
		sink_puts(out, ":");
		put_escaped(out, row->arg);
		sink_puts(out, ":");
		if (value_at(cmd, row, 0) != NULL) {
			sink_puts(out, "(");
			put_values(out, cmd, row, "", " ");
			sink_puts(out, ")");
		} else if (takes_file(row))
			sink_puts(out, "_files");
	}
	sink_puts(out, "'");
}

static void
zsh_command(struct sink *out, const struct command *cmd)
{
	const struct option_row *row;
	size_t n;

	sink_printf(out, "\t'%s') _arguments -s", cmd->name);
	for (n = 0; (row = row_at(cmd, n)) != NULL; n++)
		zsh_row(out, cmd, row);
	sink_printf(out, " \\\n\t\t'*: :%s' ;;\n",
	    wants_file(cmd) ? "_files" : "");
}

static void
zsh_described(struct sink *out, const struct command *const *list,
    size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		sink_printf(out, " \\\n\t\t\t'%s:",
		    command_short_name(list[i]));
		put_escaped(out, list[i]->summary);
		sink_puts(out, "'");
	}
}

static void
zsh_plain_described(struct sink *out)
{
	const struct plain_command *plain;
	size_t i, n = plain_commands(&plain);

	for (i = 0; i < n; i++) {
		sink_printf(out, " \\\n\t\t\t'%s:", plain[i].name);
		put_escaped(out, plain[i].summary);
		sink_puts(out, "'");
	}
}

/* What follows them; a word that begins with "-" too. */
static void
zsh_plain(struct sink *out, const struct command *const *all, size_t n)
{
	const struct plain_command *plain;
	size_t i, count = plain_commands(&plain);

	for (i = 0; i < count; i++) {
		sink_printf(out, "\t'%s') compadd -- ", plain[i].name);
		if (plain[i].words != NULL)
			sink_puts(out, plain[i].words);
		else
			put_list(out, all, n, "", " ");
		sink_puts(out, " ;;\n");
	}
}

static void
put_zsh(struct sink *out)
{
	const struct command *const *all;
	size_t i, n = commands(&all);

	sink_puts(out, "#compdef rollcall\n"
	    "# Completion of rollcall for zsh.\n"
	    "# Generated by \"rollcall completion zsh\".\n"
	    "_rollcall()\n{\n"
	    "\tlocal command=$words[2]\n\tlocal -a list\n\n"
	    "\tif ((CURRENT == 2)); then\n\t\tlist=(");
	zsh_described(out, all, n);
	zsh_plain_described(out);
	sink_puts(out, ")\n\t\t_describe command list\n\t\treturn\n\tfi\n"
	    "\tshift words\n\t((CURRENT--))\n\tcase $command in\n");
	for (i = 0; i < n; i++) {
		if (all[i]->subs == NULL)
			continue;
		sink_printf(out, "\t'%s')\n\t\tif ((CURRENT == 2)); then\n"
		    "\t\t\tlist=(", all[i]->name);
		zsh_described(out, all[i]->subs, all[i]->sub_count);
		sink_puts(out, ")\n\t\t\t_describe command list\n\t\t\treturn\n"
		    "\t\tfi\n\t\tcommand=\"$command $words[2]\"\n"
		    "\t\tshift words\n\t\t((CURRENT--)) ;;\n");
	}
	sink_puts(out, "\tesac\n\tcase $command in\n");
	zsh_plain(out, all, n);
	for_commands(out, zsh_command);
	sink_puts(out, "\tesac\n}\n\n"
	    "# Loaded as a function by its name, or by eval.\n"
	    "if [[ ${funcstack[1]} == _rollcall ]]; then\n"
	    "\t_rollcall \"$@\"\nelse\n\tcompdef _rollcall rollcall\nfi\n");
}

/* ---------------------------------------------------------- PowerShell */

/* TEXT between single quotes, which are doubled inside. */
static void
ps_quoted(struct sink *out, const char *text)
{
	sink_puts(out, "'");
	for (; *text != '\0'; text++)
		sink_printf(out, "%s%c", *text == '\'' ? "'" : "", *text);
	sink_puts(out, "'");
}

static void
ps_command(struct sink *out, const struct command *cmd)
{
	const struct option_row *row;
	size_t n;

	sink_printf(out, "        '%s' = @{\n", cmd->name);
	for (n = 0; (row = row_at(cmd, n)) != NULL; n++) {
		sink_printf(out, "            '--%s' = @{ letter = '",
		    row->name);
		if (row->letter != 0)
			sink_printf(out, "-%c", row->letter);
		sink_printf(out, "'; takes = $%s; values = @(",
		    row->arg != NULL ? "true" : "false");
		put_values(out, cmd, row, "'", ", ");
		sink_puts(out, "); help = ");
		ps_quoted(out, row->help);
		sink_puts(out, " }\n");
	}
	sink_puts(out, "        }\n");
}

static const char ps_body[] =
    "    # The words before the one that is being written.\n"
    "    $before = @($ast.CommandElements | Select-Object -Skip 1 |\n"
    "        Where-Object { $_.Extent.EndOffset -lt $position } |\n"
    "        ForEach-Object { $_.ToString() })\n"
    "    $name = ''\n"
    "    if ($before.Count -gt 0) { $name = $before[0] }\n"
    "    if ($before.Count -gt 1 -and $groups.ContainsKey($name)) {\n"
    "        $name = \"$name $($before[1])\"\n"
    "    }\n"
    "    $options = $commands[$name]\n"
    "    $found = @()\n"
    "    if ($before.Count -eq 0) {\n"
    "        $found = $names\n"
    "    } elseif ($null -eq $options) {\n"
    "        $found = $groups[$name]\n"
    "    } else {\n"
    "        $last = $before[-1]\n"
    "        $row = $options.GetEnumerator() | Where-Object {\n"
    "            $_.Key -ceq $last -or $_.Value.letter -ceq $last\n"
    "        } | Select-Object -First 1\n"
    "        if ($null -ne $row -and $row.Value.takes) {\n"
    "            # Nothing is to complete a file: PowerShell does it then.\n"
    "            $found = $row.Value.values\n"
    "        } elseif ($word -like '-*') {\n"
    "            $found = $options.Keys\n"
    "        }\n"
    "    }\n"
    "    $found | Where-Object { $_ -like \"$word*\" } | Sort-Object |\n"
    "        ForEach-Object {\n"
    "            $tip = $_\n"
    "            if ($null -ne $options -and $options.ContainsKey($_)) {\n"
    "                $tip = $options[$_].help\n"
    "            }\n"
    "            [System.Management.Automation.CompletionResult]::new(\n"
    "                $_, $_, 'ParameterValue', $tip)\n"
    "        }\n"
    "}\n";

/* WORDS with spaces between them, as PowerShell's list. */
static void
ps_words(struct sink *out, const char *words)
{
	size_t len;

	for (; *words != '\0'; words += len + (words[len] != '\0')) {
		len = strcspn(words, " ");
		sink_printf(out, "'%.*s'%s", (int)len, words,
		    words[len] != '\0' ? ", " : "");
	}
}

static void
ps_plain(struct sink *out, const struct command *const *all, size_t n)
{
	const struct plain_command *plain;
	size_t i, count = plain_commands(&plain);

	for (i = 0; i < count; i++) {
		sink_printf(out, "        '%s' = @(", plain[i].name);
		if (plain[i].words != NULL)
			ps_words(out, plain[i].words);
		else
			put_list(out, all, n, "'", ", ");
		sink_puts(out, ")\n");
	}
}

static void
put_powershell(struct sink *out)
{
	const struct command *const *all;
	size_t i, n = commands(&all);

	sink_puts(out, "# Completion of rollcall for PowerShell 5 and later.\n"
	    "# Generated by \"rollcall completion powershell\".\n"
	    "Register-ArgumentCompleter -Native -CommandName rollcall, "
	    "rollcall.exe -ScriptBlock {\n"
	    "    param($word, $ast, $position)\n"
	    "    $names = @(");
	put_list(out, all, n, "'", ", ");
	put_plain(out, "'", ", ");
	sink_puts(out, ")\n    $groups = @{\n");
	ps_plain(out, all, n);
	for (i = 0; i < n; i++) {
		if (all[i]->subs == NULL)
			continue;
		sink_printf(out, "        '%s' = @(", all[i]->name);
		put_list(out, all[i]->subs, all[i]->sub_count, "'", ", ");
		sink_puts(out, ")\n");
	}
	sink_puts(out, "    }\n    $commands = @{\n");
	for_commands(out, ps_command);
	sink_puts(out, "    }\n");
	sink_puts(out, ps_body);
}

bool
completion_put(void *shell, struct sink *out)
{
	static const struct {
		const char	*shell;
		void		(*put)(struct sink *out);
	} rows[] = {
		{ "bash", put_bash },
		{ "zsh", put_zsh },
		{ "powershell", put_powershell },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].shell, shell) != 0)
			continue;
		rows[i].put(out);
		return true;
	}
	return false;
}
