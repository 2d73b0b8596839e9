/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/main.h"
#include "base/alloc.h"
#include "cmd/command.h"
#include "cmd/completion.h"
#include "cmd/confine.h"
#include "cmd/detect.h"
#include "cmd/help.h"
#include "cmd/instants.h"
#include "cmd/meant.h"
#include "cmd/output.h"
#include "cmd/tell.h"
#include "cmd/version.h"
#include "io/sink.h"

#include <stdlib.h>
#include <string.h>

/* Is WORD the option NAME, or a beginning of it that getopt_long() takes? */
static bool
is_option(const char *word, size_t len, const char *name, size_t least)
{
	return len >= least && len <= strlen(name) &&
	    strncmp(word, name, len) == 0;
}

/* The value of WORD, which is "--format=X", "--format X", "-fX" or "-f X"; or
 * NULL. Letters before the f are flags. */
static const char *
format_in(char *const *word)
{
	const char *w = *word;
	size_t len = strcspn(w, "=");

	if (is_option(w, len, "--format", sizeof("--f") - 1))
		return w[len] == '=' ? w + len + 1 : word[1];
	if (w[0] != '-' || w[1] == '-')
		return NULL;
	w += 1 + strspn(w + 1, "qvhk");
	if (*w != 'f')
		return NULL;
	return w[1] != '\0' ? w + 1 : word[1];
}

/* Is it for a monitoring system, which wants a line whatever happens? */
static bool
is_plugin(char **words)
{
	const char *value = NULL, *found;

	for (; *words != NULL && strcmp(*words, "--") != 0; words++) {
		found = format_in(words);
		if (found != NULL)
			value = found;
	}
	return value != NULL && strcmp(value, "nagios") == 0;
}

/*
 * The style has to be known before the options are parsed: it says how errors
 * in them are told. A style that is not one is such an error itself, and is
 * none here.
 */
static enum exit_style
style_of(char **words, enum exit_style style)
{
	for (; *words != NULL && strcmp(*words, "--") != 0; words++) {
		size_t len = strcspn(*words, "=");
		const char *value = *words + len + 1;

		if (!is_option(*words, len, "--exit-style", 3))
			continue;
		if ((*words)[len] == '\0')
			value = words[1];
		if (value != NULL)
			(void)exit_style_named(value, &style);
	}
	return style;
}

static bool
put_help(void *ctx, struct sink *out)
{
	const struct command *const *cmd = ctx;

	if (*cmd != NULL)
		help_command(*cmd, out);
	else
		help_program(out);
	return true;
}

/* Whatever CMD is about to read, it has the rights that it needs and no
 * more. */
static void
confine_command(const struct command *cmd, const struct common *o)
{
	char *folder = cmd->folder != NULL ? cmd->folder() : NULL;
	const struct confine_what what = { .output = o->output,
	    .folder = folder, .network = cmd->network };

	confine(&what);
	free(folder);
}

/* --help of CMD, or of the program for NULL. */
static enum exit_code
show_help(struct teller *t, const struct command *cmd)
{
	return exit_or(output_write(t, NULL, put_help, &cmd),
	    EXIT_NOTHING_TO_DO);
}

static enum exit_code
run_command(struct teller *t, const struct command *cmd, int argc,
    char **argv)
{
	void *options = xcalloc(1, cmd->options_size);
	struct common *common = options;
	enum exit_code code = EXIT_USAGE;
	char **args;
	size_t count;
	bool ok;

	common->teller = t;
	ok = options_parse(cmd, argc, argv, options, &args, &count);
	if (ok && common->help)
		code = show_help(t, cmd);
	else if (ok && instants_set(common)) {
		confine_command(cmd, common);
		code = cmd->run(options, args, count);
	}
	options_fini(cmd, options);
	free(options);
	return code;
}

static bool
asks_for_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* WORD is no command of GROUP; of the program for NULL. */
static enum exit_code
tell_no_command(struct teller *t, const struct command *group,
    const char *word)
{
	const struct command *const *list;
	const struct plain_command *plain;
	size_t i, n = commands(&list);
	size_t plain_count = group == NULL ? plain_commands(&plain) : 0;
	struct meant m = { word, strlen(word), NULL, 0 };
	char *subject, *why;

	if (group != NULL) {
		list = group->subs;
		n = group->sub_count;
	}
	for (i = 0; i < n; i++)
		meant_offer(&m, command_short_name(list[i]));
	for (i = 0; i < plain_count; i++)
		meant_offer(&m, plain[i].name);
	subject = group == NULL ? xstrdup(word) :
	    xasprintf("%s: %s", group->name, word);
	why = word[0] == '-' ?
	    xstrdup("options stand behind the command; see") :
	    m.name == NULL ? xstrdup("no such command; see") :
	    xasprintf("no such command; did you mean \"%s\"? See", m.name);
	tell(t, subject, "%s \"rollcall %s%s--help\"", why,
	    group != NULL ? group->name : "", group != NULL ? " " : "");
	free(why);
	free(subject);
	return EXIT_USAGE;
}

static bool
is_plain_name(const char *word)
{
	const struct plain_command *plain;
	size_t i, n = plain_commands(&plain);

	for (i = 0; i < n; i++)
		if (strcmp(word, plain[i].name) == 0)
			return true;
	return false;
}

/* "rollcall help [COMMAND [COMMAND]]" */
static enum exit_code
run_help(struct teller *t, char **words)
{
	const struct command *cmd = NULL, *sub;

	if (words[0] == NULL || words[0][0] == '-' || is_plain_name(words[0]))
		return show_help(t, NULL);
	cmd = command_find(words[0]);
	if (cmd == NULL)
		return tell_no_command(t, NULL, words[0]);
	if (cmd->subs == NULL || words[1] == NULL || words[1][0] == '-')
		return show_help(t, cmd);
	sub = command_find_sub(cmd, words[1]);
	return sub != NULL ? show_help(t, sub) :
	    tell_no_command(t, cmd, words[1]);
}

/* "rollcall completion SHELL": for who sets up a shell, once; no command. */
static enum exit_code
run_completion(struct teller *t, char **words)
{
	static const char *const shells[] = { "bash", "zsh", "powershell" };
	size_t i, n = sizeof(shells) / sizeof(shells[0]);

	for (i = 0; i < n && words[0] != NULL && words[1] == NULL; i++)
		if (strcmp(words[0], shells[i]) == 0)
			return exit_or(output_write(t, NULL, completion_put,
			    words[0]), EXIT_NOTHING_TO_DO);
	tell(t, "completion", "name one of bash, zsh, powershell");
	return EXIT_USAGE;
}

static bool
put_self_test(void *ctx, struct sink *out)
{
	bool *ok = ctx;

	*ok = confine_try(out);
	return true;
}

/* "rollcall self-test": for our own tests. */
static enum exit_code
run_self_test(struct teller *t)
{
	bool ok = false;
	enum exit_code code = output_write(t, NULL, put_self_test, &ok);

	return exit_or(code, ok ? EXIT_NOTHING_TO_DO : EXIT_INTERNAL);
}

/* ARGV[0] is the name of GROUP. */
static enum exit_code
run_group(struct teller *t, const struct command *group, int argc,
    char **argv)
{
	const struct command *cmd;

	if (argc < 2) {
		tell(t, group->name, "no command; see \"rollcall %s --help\"",
		    group->name);
		return EXIT_USAGE;
	}
	if (asks_for_help(argv[1]))
		return show_help(t, group);
	cmd = command_find_sub(group, argv[1]);
	return cmd != NULL ? run_command(t, cmd, argc - 1, argv + 1) :
	    tell_no_command(t, group, argv[1]);
}

static enum exit_code
run(struct teller *t, int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : NULL;
	const struct command *cmd;

	if (name == NULL) {
		tell(t, "no command", "see \"rollcall --help\"");
		return EXIT_USAGE;
	}
	if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0 ||
	    strcmp(name, "version") == 0)
		return version_run(t, argv + 2);
	if (asks_for_help(name) || strcmp(name, "help") == 0)
		return run_help(t, argv + 2);
	if (strcmp(name, "completion") == 0)
		return run_completion(t, argv + 2);
	if (strcmp(name, "self-test") == 0)
		return run_self_test(t);
	cmd = command_find(name);
	if (cmd == NULL)
		return tell_no_command(t, NULL, name);
	return cmd->subs != NULL ? run_group(t, cmd, argc - 1, argv + 1) :
	    run_command(t, cmd, argc - 1, argv + 1);
}

int
rollcall_main(int argc, char **argv, const char *odd)
{
	bool plugin = argc > 1 && is_plugin(argv + 1);
	enum exit_style without = plugin ? EXIT_STYLE_NAGIOS :
	    EXIT_STYLE_VERDICT;
	enum exit_style style = argc > 1 ? style_of(argv + 1, without) :
	    without;
	struct teller t = { .in_line = style == EXIT_STYLE_DETECT };
	enum exit_code code;

	t.plugin = style == EXIT_STYLE_NAGIOS || (plugin && !t.in_line);
	if (odd != NULL)
		tell(&t, "command line", "%s", odd);
	code = run(&t, argc, argv);
	if (t.in_line)
		code = detect_end(&t, code);
	else if (t.plugin)
		code = plugin_end(&t, code);
	return exit_styled(code, style);
}
