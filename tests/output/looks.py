"""What is asked of a page in Chromium about its looks: scripts that give what is wrong with it."""

WIDE = """[...document.body.querySelectorAll('*')].filter(one => !one.matches('.skip') && one.checkVisibility() &&
  one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML.slice(0, 120))"""
"""What sticks out of the page."""

CUT = """[...document.querySelectorAll('th, td, select, button, label, figcaption')].filter(one =>
  one.checkVisibility() && getComputedStyle(one).display !== 'inline' && one.scrollWidth > one.clientWidth + 1)
  .map(one => one.outerHTML.slice(0, 120))"""
"""What holds more than it shows."""

FAINT = """(() => {
  const channel = value => value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const rgba = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const seen = colour => colour.length < 4 || colour[3] > 0;
  const under = one => one.matches('.chips span') ? one.previousElementSibling : one.parentElement;
  const ground = one => {
    for (let at = one; at; at = under(at)) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (seen(colour)) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement, ink = rgba(getComputedStyle(one).color);
    if (!walker.currentNode.textContent.trim() || !one.checkVisibility() || one.matches('script, .skip')) continue;
    const [a, b] = [light(ink), light(ground(one))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (seen(ink) && contrast < 4.5) faint.push([contrast, one.outerHTML.slice(0, 120)]);
  }
  return faint;
})()"""
"""Texts whose contrast is below 4.5:1; one that is transparent is not there to be seen."""

REACHED = """(() => {
  const one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return [
    one === document.body ? "" : one.id || one.name || one.textContent.trim(),
    look.outlineStyle === "solid" && parseFloat(look.outlineWidth) >= 2 && (one === at || one.contains(at)),
  ];
})()"""
"""The element that has the focus by its name, and whether that is seen: outlined, and covered by nothing."""
