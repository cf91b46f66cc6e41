(function () {
  var bar = document.querySelector(".bar"), box = bar.querySelector("input"), said = bar.querySelector("output");
  var fold = function (name) {
    return name.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/\s+/g, " ").trim();
  };
  var rows = Array.prototype.map.call(document.querySelectorAll("tbody tr"), function (row) {
    var link = row.querySelector("a");
    return { row: row, name: fold(row.cells[0].textContent), unit: row.cells[0].textContent + (link && link.getAttribute("href")) };
  });
  var groups = Array.prototype.map.call(document.querySelectorAll("details"), function (group) {
    return { group: group, open: group.open, name: fold(group.firstElementChild.firstElementChild.textContent) };
  });
  var tables = document.querySelectorAll(".w");
  var filter = function () {
    var words = fold(box.value).split(" ").filter(Boolean), units = {};
    var fits = function (name) { return words.every(function (word) { return name.indexOf(word) >= 0; }); };
    rows.forEach(function (one) { var fit = fits(one.name); one.row.hidden = !fit; if (fit) { units[one.unit] = 1; } });
    tables.forEach(function (table) { table.hidden = words.length > 0 && !table.querySelector("tbody tr:not([hidden])"); });
    groups.forEach(function (one) {
      var hit = one.group.querySelector("tbody tr:not([hidden])");
      one.group.hidden = words.length > 0 && !hit;
      one.group.open = words.length > 0 ? Boolean(hit) : one.open;
    });
    var found = Object.keys(units).length; // an upper unit stands in two tables
    said.textContent = words.length ? (found ? found + " đơn vị phù hợp" : "Không có đơn vị phù hợp") : "";
  };
  var timer;
  box.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(filter, 120); });
  bar.hidden = false;
  if (box.value) { filter(); }
})();
