"use strict";
// Takes down what came of each visit, keeps it while the page is closed, and writes the file that `record import` takes.
// Without this script the page is whole, save for the form.
(() => {
  const by = id => document.getElementById(id);
  const data = JSON.parse(by("data").textContent);
  const say = (code, values = {}) => data.said[code].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const today = () => new Date(Date.now() - 60000 * new Date().getTimezoneOffset()).toISOString().slice(0, 10);
  const NOBODY = "、";

  // One question of the form: its text is what stands in the cell.
  class Field {
    constructor(box, name, crew, isPlanned) {
      this.box = box;
      this.problem = box.querySelector(".problem");
      this.problem.id = `${name}-problem`;
      this.isPlanned = isPlanned;
      if ("people" in box.dataset) this.offer(crew);
      this.controls = [...box.querySelectorAll("input, textarea")];
      this.choices = this.controls.filter(control => control.type === "radio");
      this.people = this.controls.filter(control => control.type === "checkbox");
      this.typed = this.controls.find(control => !["radio", "checkbox"].includes(control.type));
      for (const choice of this.choices) choice.name = name;
      if (this.typed?.type === "date") this.typed.max = today();
    }

    offer(crew) {
      this.box.querySelector(".chips").append(...crew.map(([id, name]) => {
        const label = document.createElement("label"), input = document.createElement("input");
        const text = document.createElement("span");
        Object.assign(input, {type: "checkbox", value: id, checked: true});
        text.textContent = name;
        label.append(input, text);
        return label;
      }));
    }

    get text() {
      if (this.choices.length) return this.choices.find(choice => choice.checked).value;
      const typed = this.typed.value.trim();
      if (!("people" in this.box.dataset)) return typed;
      const there = this.people.filter(person => person.checked).map(person => person.value);
      // The crew that was planned needs no name.
      if (this.isPlanned && !typed && there.length === this.people.length) return "";
      return [...there, ...(typed ? [typed] : [])].join("、") || NOBODY;
    }

    set text(text) {
      if (this.choices.length) {
        for (const choice of this.choices) choice.checked = choice.value === text;
        if (!this.choices.some(choice => choice.checked)) this.choices[0].checked = true;
      } else if ("people" in this.box.dataset) {
        if (!text) return;
        const names = text.split("、");
        for (const person of this.people) person.checked = names.includes(person.value);
        this.typed.value = names.filter(name => !this.people.some(person => person.value === name)).join("、");
      } else {
        this.typed.value = text;
      }
    }

    get isDay() { return !this.typed.value ? !this.typed.validity.badInput : this.typed.validity.valid; }

    complain(text) {
      this.problem.textContent = text;
      this.problem.hidden = !text;
      for (const control of this.controls) {
        control.toggleAttribute("aria-invalid", Boolean(text));
        if (text) control.setAttribute("aria-describedby", this.problem.id);
        else control.removeAttribute("aria-describedby");
      }
    }

    focus() { (this.choices.find(choice => choice.checked) ?? this.people[0] ?? this.typed).focus(); }
  }

  // One row of the form: a visit that was planned, with its fixed cells, or another, without.
  class Answer {
    constructor(box, cells, crew) {
      this.box = box;
      this.cells = cells;
      this.isPlanned = cells.length > 0;
      box.append(by("fields").content.cloneNode(true));
      const isGrid = this.isPlanned && !this.cell("subject");
      this.fields = new Map();
      for (const field of box.querySelectorAll("[data-key]")) {
        const key = field.dataset.key;
        if ((this.isPlanned && "spare" in field.dataset) || (isGrid && /^(finding|severity)/.test(key))) field.remove();
        else this.fields.set(key, new Field(field, `${Answer.count}-${key}`, crew, this.isPlanned));
      }
      Answer.count += 1;
      box.addEventListener("input", () => this.changed());
    }

    cell(name) { return this.cells[data.columns.findIndex(column => column.name === name)]; }

    get values() {
      return Object.fromEntries([...this.fields].map(([key, field]) => [key, field.text]).filter(([, text]) => text));
    }

    set values(values) {
      for (const [key, field] of this.fields) field.text = values[key] ?? "";
      this.show();
    }

    get isFilled() { return !this.isPlanned || Object.keys(this.values).length > 0; }

    get row() {
      const values = this.values;
      return data.columns.map((column, at) => values[column.name] ?? this.cells[at] ?? "");
    }

    *findings() { for (let n = 1; this.fields.has(`finding${n}`); n++) yield n; }

    // Says what is wrong, by field, as `record import` would.
    get problems() {
      const found = new Map(), values = this.values;
      if (!this.isFilled) return found;
      if (!values.outcome) found.set("outcome", say("outcome"));
      if (values.officers === NOBODY) found.set("officers", say("nobody"));
      for (const n of this.findings()) {
        if (values[`severity${n}`] && !values[`finding${n}`]) found.set(`finding${n}`, say("severity"));
        else if (values[`finding${n}`] && !this.isPlanned && !values.enterprise) found.set("enterprise", say("enterprise"));
      }
      if (!this.isPlanned && !values.enterprise && !values.grid) found.set("enterprise", say("subject"));
      const planned = this.isPlanned ? this.cell("date") : "";
      if (!this.fields.get("day").isDay || (!values.day && !planned) || values.day > today()) found.set("day", say("day"));
      else if (!values.day && planned > today()) found.set("day", say("ahead", {day: planned}));
      return found;
    }

    complain() {
      const problems = this.problems;
      for (const [key, field] of this.fields) field.complain(problems.get(key) ?? "");
      this.complained = problems.size > 0;
      return [...this.fields].filter(([key]) => problems.has(key)).map(([, field]) => field);
    }

    show() {
      const values = this.values, findings = [...this.findings()];
      for (const n of findings.slice(1)) {
        const needed = [`finding${n - 1}`, `finding${n}`, `severity${n}`].some(key => values[key]);
        for (const key of [`finding${n}`, `severity${n}`]) this.fields.get(key).box.hidden = !needed;
      }
      const summary = this.box.querySelector("summary");
      if (!summary) return;
      const n = findings.filter(one => values[`finding${one}`]).length;
      summary.textContent = values.outcome ? say("filled", {outcome: values.outcome, n}) : say("open");
      this.box.classList.toggle("filled", this.isFilled);
    }

    changed() {
      this.show();
      if (this.complained) this.complain();
      form.changed();
    }
  }
  Answer.count = 0;

  // What browsers keep of a page: some nothing at all, and they say so by refusing.
  const store = {
    name: `safeplan ${data.identity}`,
    works: true,
    attempt(act) {
      try {
        return act() ?? {};
      } catch {
        this.works = false;
        return {};
      }
    },
    read() {
      this.attempt(() => localStorage.setItem(this.name, localStorage.getItem(this.name) ?? "{}"));
      return this.works ? this.attempt(() => JSON.parse(localStorage.getItem(this.name))) : {};
    },
    write(values) { this.attempt(() => localStorage.setItem(this.name, JSON.stringify(values))); },
  };

  const form = {
    planned: [],
    spare: [],
    isSaved: true,

    begin() {
      const kept = store.read();
      this.visits = {...kept.visits};
      for (const box of document.querySelectorAll("details[data-visit]")) {
        const visit = box.dataset.visit, answer = new Answer(box, data.rows[visit], data.crews[visit]);
        answer.values = this.visits[answer.cell("check")] ?? {};
        box.hidden = false;
        this.planned.push(answer);
      }
      for (const values of Array.isArray(kept.spare) ? kept.spare : []) this.add().values = values;
      by("add").addEventListener("click", () => {
        const answer = this.add();
        answer.values = {day: today()};
        this.changed();
        answer.fields.get("enterprise").focus();
      });
      by("save").addEventListener("click", () => this.save());
      by("share").addEventListener("click", () => this.share());
      by("share").hidden = !navigator.canShare?.({files: [this.file()]});
      for (const one of [by("others"), by("kept"), document.querySelector(".bar")]) one.hidden = false;
      addEventListener("beforeunload", event => { if (!store.works && !this.isSaved) event.preventDefault(); });
      this.count();
    },

    get answers() { return [...this.planned, ...this.spare]; },

    add() {
      const box = by("spare").content.cloneNode(true).firstElementChild;
      const answer = new Answer(box, [], [data.owner]);
      const remove = box.querySelector(".remove");
      box.append(remove);
      remove.addEventListener("click", () => {
        this.spare.splice(this.spare.indexOf(answer), 1);
        box.remove();
        this.changed();
        by("add").focus();
      });
      by("add").before(box);
      this.spare.push(answer);
      return answer;
    },

    // Answers of visits that an earlier page of these days had, and this one has otherwise, stay where they are.
    changed() {
      this.isSaved = false;
      for (const answer of this.planned) {
        if (answer.isFilled) this.visits[answer.cell("check")] = answer.values;
        else delete this.visits[answer.cell("check")];
      }
      store.write({visits: this.visits, spare: this.spare.map(answer => answer.values)});
      this.count();
      by("said").textContent = "";
    },

    count() {
      this.spare.forEach((answer, at) => { answer.box.querySelector("h3").textContent = say("spare", {n: at + 1}); });
      const n = this.planned.filter(answer => answer.values.outcome).length;
      const counts = [say("count", {n, all: this.planned.length})];
      if (this.spare.length) counts.push(say("more", {n: this.spare.length}));
      by("count").textContent = counts.join(" · ");
      by("kept").textContent = say(store.works ? "kept" : "lost");
      by("kept").className = store.works ? "quiet" : "warning";
    },

    // Whether all that is filled in can be taken over; else the first fault has the focus.
    isReady() {
      const filled = this.answers.filter(answer => answer.isFilled);
      const wrong = filled.flatMap(answer => answer.complain().map(field => [answer, field]));
      by("said").textContent = wrong.length ? say("wrong", {n: wrong.length}) : filled.length ? "" : say("nothing");
      if (wrong.length) {
        const [answer, field] = wrong[0];
        if (answer.isPlanned) answer.box.open = true;
        field.box.hidden = false;
        field.focus();
      }
      return filled.length > 0 && !wrong.length;
    },

    file() {
      const runs = new RegExp(`^'*[${data.guarded.replace(/[-\\\]^]/g, "\\$&")}]`);
      const cell = text => `"${(runs.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
      const filled = this.answers.filter(answer => answer.isFilled).map(answer => answer.row);
      const rows = [data.columns.map(column => column.key), data.columns.map(column => column.title), ...filled];
      const text = rows.map(row => row.map(cell).join(",")).join("\r\n");
      return new File([`\ufeff${text}\r\n`], data.file, {type: "text/csv"});
    },

    save() {
      if (!this.isReady()) return;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(this.file());
      link.download = data.file;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      this.isSaved = true;
      by("said").textContent = say("saved", {file: data.file});
    },

    share() {
      if (!this.isReady()) return;
      navigator.share({files: [this.file()], title: document.title}).then(
        () => {
          this.isSaved = true;
          by("said").textContent = say("shared");
        },
        reason => { if (reason.name !== "AbortError") by("said").textContent = say("unshared"); },
      );
    },
  };

  const here = document.querySelector(`nav [data-day="${today()}"]`);
  here?.setAttribute("aria-current", "date");
  form.begin();
})();
