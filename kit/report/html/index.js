(function () {
  "use strict";
  var one = function (selector) { return document.querySelector(selector); };
  var list = function (selector, inside) { return Array.prototype.slice.call((inside || document).querySelectorAll(selector)); };
  var bar = one(".bar"), box = one("#tim"), said = one("output"), tree = one("#tree"), all = one("#all");
  var fold = function (name) {
    return name.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/\s+/g, " ").trim();
  };
  var cells = function (line) { return line.split("\t"); };
  var FIGURES = 8, kinds = [], indicators = [], units = [], boxes = [], rows = [];
  // What the page knows is read when somebody first asks: a page that is only looked at opens at once.
  var ready = function () {
    if (units.length) { return; }
    var parts = one("#data").textContent.split("\n\n");
    var lines = function (part) { return (parts[part] || "").split("\n").filter(Boolean).map(cells); };
    kinds = lines(0);
    indicators = lines(1);
    units = lines(2).map(function (part, at) {
      return { at: at, id: part[0], name: part[1], level: part[2], above: part[3], sent: part[4], issue: part[5], part: part,
        key: fold(part[1] + " " + part[0]), fit: true };
    });
    boxes = list("#tree details,#tree .w").map(function (element) { return { element: element, open: element.open, hits: 0 }; });
    var known = new Map(boxes.map(function (each) { return [each.element, each]; }));
    rows = list("#tree tbody tr").map(function (row) {
      var around = [], upper = row;
      while ((upper = upper.parentElement)) { if (known.has(upper)) { around.push(known.get(upper)); } }
      return { row: row, unit: units[+row.dataset.u], around: around, shown: true };
    });
  };
  var choice = function (name) { var select = one("#f-" + name); return select ? select.value : ""; };
  var filter = function () {
    ready();
    var words = fold(box.value).split(" ").filter(Boolean), level = choice("level"), sent = choice("sent");
    var issue = choice("issue"), status = choice("status"), of = FIGURES + (+choice("of") || 0), count = 0;
    var letter = { met: "m", nearly: "y", not_met: "x", no_target: "o", no_data: "d" }[status];
    var chosen = words.length || level || sent || issue || status;
    units.forEach(function (unit) {
      unit.fit = (!level || unit.level === level) && (!sent || unit.sent === sent) && (!issue || unit.issue === issue) &&
        (!letter || (unit.part[of] || "")[0] === letter) &&
        words.every(function (word) { return unit.key.indexOf(word) >= 0; });
      if (unit.fit) { count += 1; }
    });
    boxes.forEach(function (each) { each.hits = 0; });
    rows.forEach(function (each) {
      if (each.unit.fit !== each.shown) { each.row.hidden = !(each.shown = each.unit.fit); }
      if (each.shown) { each.around.forEach(function (around) { around.hits += 1; }); }
    });
    boxes.forEach(function (each) {
      each.element.hidden = !each.hits;
      if (each.open !== undefined) { each.element.open = chosen ? each.hits > 0 : each.open; }
    });
    said.textContent = chosen ? (count ? count + " đơn vị phù hợp" : "Không có đơn vị phù hợp") : "";
    if (!all.hidden) { draw(); }
  };

  // All indicators of all units: drawn when asked for, some hundred rows at a time.
  var order = { by: -1, falling: false }, drawn = 0, waiting = [], STEP = 50;
  var add = function (parent, name, words, attributes) {
    var made = document.createElement(name);
    if (words) { made.textContent = words; }
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return parent.appendChild(made);
  };
  var row = function (body, unit) {
    var made = add(body, "tr"), name = add(made, "th", unit.name, { scope: "row" });
    if (unit.above !== "") { add(name, "span", units[+unit.above].name, { "class": "n" }); }
    for (var at = FIGURES; at < FIGURES + indicators.length; at += 1) {
      add(made, "td", unit.part[at].slice(1), { "class": unit.part[at][0] });
    }
    var last = add(made, "td", "", { "class": "l" });
    unit.part[7].split(" ").filter(Boolean).forEach(function (kind) {
      var path = kinds[+kind][1].split("*").join(unit.id);
      add(last, "a", kinds[+kind][0], { href: path.split("/").map(encodeURIComponent).join("/") });
    });
    if (unit.part[6]) { add(last, "span", unit.part[6], { "class": "n" }); }
  };
  var value = function (text) { // 1.234,5 as a number; words are nothing
    var found = /-?\d[\d.]*(?:,\d+)?/.exec(text);
    return found ? parseFloat(found[0].replace(/\./g, "").replace(",", ".")) : NaN;
  };
  var sorted = function (chosen) {
    if (order.by < 0) { return order.falling ? chosen.reverse() : chosen; }
    var keys = new Map(chosen.map(function (unit) { return [unit, value(unit.part[FIGURES + order.by].slice(1))]; }));
    return chosen.sort(function (a, b) {
      var x = keys.get(a), y = keys.get(b);
      if (isNaN(x) || isNaN(y)) { return (isNaN(x) ? 1 : 0) - (isNaN(y) ? 1 : 0) || a.at - b.at; }
      return (order.falling ? y - x : x - y) || a.at - b.at;
    });
  };
  var more = function () {
    var body = one("#all tbody"), button = one("#more"), page = document.createDocumentFragment();
    waiting.slice(drawn, drawn + STEP).forEach(function (unit) { row(page, unit); });
    body.appendChild(page);
    drawn = Math.min(drawn + STEP, waiting.length);
    button.hidden = drawn >= waiting.length;
    button.textContent = "Hiện thêm (còn " + (waiting.length - drawn) + " đơn vị)";
  };
  var draw = function () {
    waiting = sorted(units.filter(function (unit) { return unit.fit; }));
    drawn = 0;
    one("#all tbody").textContent = "";
    list("#all thead th[data-by]").forEach(function (head) {
      var mine = +head.dataset.by === order.by;
      head.setAttribute("aria-sort", mine ? (order.falling ? "descending" : "ascending") : "none");
    });
    more();
  };
  var sort = function (by) {
    order = { by: by, falling: order.by === by ? !order.falling : by >= 0 };
    draw();
  };
  var frame = function () {
    var scroll = add(all, "div", "", { "class": "w", tabindex: "0", role: "group", "aria-label": "Toàn bộ chỉ số của các đơn vị" });
    var table = add(scroll, "table"), head = add(add(table, "thead"), "tr");
    [["", "Đơn vị"]].concat(indicators).forEach(function (indicator, at) {
      var cell = add(head, "th", "", { scope: "col", "data-by": at - 1, "aria-sort": "none" });
      var button = add(cell, "button", "", { type: "button" });
      if (indicator[0]) { add(button, "b", indicator[0] + " "); }
      button.appendChild(document.createTextNode(indicator[1]));
      button.addEventListener("click", function () { sort(at - 1); });
    });
    add(head, "th", "Báo cáo", { scope: "col" });
    add(table, "tbody");
    var button = add(all, "button", "", { type: "button", id: "more" });
    button.addEventListener("click", more);
    if (window.IntersectionObserver) {
      new IntersectionObserver(function (seen) { if (seen[0].isIntersecting && !button.hidden) { more(); } }).observe(button);
    }
  };
  var view = function (name) {
    var whole = name === "all";
    ready();
    if (whole && !all.firstChild) { frame(); }
    all.hidden = !whole;
    tree.hidden = whole;
    list("[data-view]").forEach(function (each) { each.setAttribute("aria-pressed", String(each.dataset.view === name)); });
    if (whole) { draw(); }
  };
  list("[data-view]").forEach(function (each) { each.addEventListener("click", function () { view(each.dataset.view); }); });
  list("select", bar).forEach(function (each) { each.addEventListener("change", filter); });
  var timer;
  box.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(filter, 120); });
  bar.hidden = false;
  if (box.value || list("select", bar).some(function (each) { return each.selectedIndex > 0; })) { filter(); }
})();
