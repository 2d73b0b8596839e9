// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rollcall authors
// Filter, sort and fold. The page is whole without; no text becomes markup
// here. Only so many rows are shown at once, so that ten thousand do not
// stall; the others wait outside of the document, and printing has them all.
(function () {
	"use strict";
	const STEP = 200;

	function make(name, text, attributes) {
		const e = document.createElement(name);
		for (const key of Object.keys(attributes || {}))
			e.setAttribute(key, attributes[key]);
		if (text)
			e.textContent = text;
		return e;
	}

	function keyOf(cell, number) {
		const key = cell.dataset.k !== undefined ? cell.dataset.k :
		    cell.textContent;
		if (!number)
			return key.toLowerCase();
		return key === "" ? -1 : Number(key);
	}

	function compare(a, b) {
		return a < b ? -1 : a > b ? 1 : 0;
	}

	function enhance(table) {
		const body = table.tBodies[0];
		const heads = Array.from(table.tHead.rows[0].cells);
		const rows = Array.from(body.rows, function (row, order) {
			return { row: row, order: order,
				verdict: row.dataset.v || "",
				text: row.textContent.toLowerCase() };
		});
		const state = { shown: STEP, matching: rows.slice() };
		const count = make("output", "", { "aria-live": "polite" });
		const more = make("button", "Show more",
		    { type: "button", "class": "more" });
		const find = make("input", "", { type: "search" });
		const pick = make("select");

		function show() {
			const part = state.matching.slice(0, state.shown);
			body.replaceChildren(...part.map((r) => r.row));
			more.hidden = part.length === state.matching.length;
			count.textContent = state.matching.length === rows.length &&
			    more.hidden ? rows.length +
			    (rows.length === 1 ? " row" : " rows") :
			    part.length + " of " + state.matching.length +
			    " rows that match, of " + rows.length;
		}

		function filter() {
			const words = find.value.toLowerCase().split(/\s+/);
			state.matching = rows.filter((r) =>
			    (pick.value === "" || r.verdict === pick.value) &&
			    words.every((w) => r.text.includes(w)));
			state.shown = STEP;
			show();
		}

		function sort(column) {
			const head = heads[column];
			const number = head.classList.contains("n");
			const down = head.getAttribute("aria-sort") ===
			    "ascending";
			for (const h of heads)
				h.removeAttribute("aria-sort");
			head.setAttribute("aria-sort",
			    down ? "descending" : "ascending");
			for (const r of rows)
				r.key = keyOf(r.row.cells[column], number);
			rows.sort((a, b) => (down ? -1 : 1) *
			    compare(a.key, b.key) || a.order - b.order);
			filter();
		}

		function fold(open) {
			for (const r of rows)
				for (const d of r.row.querySelectorAll("details"))
					d.open = open;
		}

		heads.forEach(function (head, column) {
			const button = make("button", head.textContent,
			    { type: "button" });
			button.addEventListener("click", () => sort(column));
			head.replaceChildren(button);
		});
		const form = make("form", "", { role: "search",
			"aria-label": table.caption.textContent });
		const a = make("label", "Filter ");
		a.append(find);
		const b = make("label", "Verdict ");
		b.append(pick);
		pick.append(make("option", "all", { value: "" }));
		for (const v of new Set(rows.map((r) => r.verdict)))
			if (v !== "")
				pick.append(make("option", v, { value: v }));
		form.append(a);
		if (pick.options.length > 1)
			form.append(b);
		if (table.querySelector("details")) {
			const open = make("button", "Unfold all",
			    { type: "button" });
			const shut = make("button", "Fold all",
			    { type: "button" });
			open.addEventListener("click", () => fold(true));
			shut.addEventListener("click", () => fold(false));
			form.append(open, shut);
		}
		form.append(count);
		form.addEventListener("submit", (e) => e.preventDefault());
		find.addEventListener("input", filter);
		pick.addEventListener("change", filter);
		more.addEventListener("click", function () {
			state.shown += STEP;
			show();
		});
		table.before(form);
		table.after(more);
		window.addEventListener("beforeprint", function () {
			body.replaceChildren(...state.matching.map((r) => r.row));
		});
		window.addEventListener("afterprint", show);
		show();
	}

	document.querySelectorAll("table.sort").forEach(enhance);
}());
