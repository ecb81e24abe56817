(function () {
  "use strict";
  var form = document.querySelector("form");
  var parts = Array.prototype.slice.call(document.querySelectorAll("[data-c]"));
  var groups = document.querySelectorAll(".i");
  var told = document.getElementById("told");
  function filter() {
    var word = form.word.value.toLowerCase(), country = form.country.value, state = form.state.value, shown = 0;
    parts.forEach(function (part) {
      var fits = (!country || part.dataset.c === country) && (!state || (part.dataset.s || "single").split(" ").indexOf(state) >= 0) &&
        (!word || part.textContent.toLowerCase().indexOf(word) >= 0);
      part.hidden = !fits;
      shown += fits;
    });
    groups.forEach(function (group) {
      group.hidden = !group.querySelector("[data-c]:not([hidden])");
    });
    told.textContent = shown + " of " + parts.length;
  }
  function reveal() {
    var goal = document.getElementById(location.hash.slice(1));
    if (goal && goal.closest("[hidden]")) { form.reset(); filter(); goal.scrollIntoView(); }
  }
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("hashchange", reveal);
  filter();
})();
