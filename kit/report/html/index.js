(function () {
  var bar = document.querySelector(".bar"), box = bar.querySelector("input"), said = bar.querySelector("output");
  var list = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };
  var fold = function (name) {
    return name.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/\s+/g, " ").trim();
  };
  var boxes = list("details,.w").map(function (element) { return { element: element, open: element.open, hits: 0 }; });
  var known = new Map(boxes.map(function (one) { return [one.element, one]; }));
  var rows = list("tbody tr").map(function (row) {
    var name = row.cells[0].textContent, link = row.querySelector("a"), around = [], upper = row;
    while ((upper = upper.parentElement)) { if (known.has(upper)) { around.push(known.get(upper)); } }
    return { row: row, name: fold(name), unit: name + (link && link.getAttribute("href")), around: around };
  });
  var filter = function () {
    var words = fold(box.value).split(" ").filter(Boolean), units = new Set();
    boxes.forEach(function (one) { one.hits = 0; });
    rows.forEach(function (one) {
      var fit = words.every(function (word) { return one.name.indexOf(word) >= 0; });
      one.row.hidden = !fit;
      if (fit) {
        units.add(one.unit); // an upper unit stands in two tables
        one.around.forEach(function (box) { box.hits += 1; });
      }
    });
    boxes.forEach(function (one) {
      one.element.hidden = !one.hits;
      if (one.open !== undefined) { one.element.open = words.length ? one.hits > 0 : one.open; }
    });
    said.textContent = words.length ? (units.size ? units.size + " đơn vị phù hợp" : "Không có đơn vị phù hợp") : "";
  };
  var timer;
  box.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(filter, 120); });
  bar.hidden = false;
  if (box.value) { filter(); }
})();
