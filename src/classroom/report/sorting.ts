/** The only script of a report: tables that can be sorted by their columns. Without it they stay in the order they have. */

export const SORTING = `
for (const table of document.querySelectorAll('table[data-sortable]')) {
  const body = table.tBodies[0];
  const value = (row, n) => row.cells[n].dataset.sort ?? row.cells[n].textContent;
  const compare = (a, b) => {
    const numbers = [Number(a), Number(b)];
    if (a !== '' && b !== '' && !numbers.some(Number.isNaN)) return numbers[0] - numbers[1];
    return a < b ? -1 : a > b ? 1 : 0;
  };
  [...table.tHead.rows[0].cells].forEach((head, n) => {
    if ('plain' in head.dataset) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const rows = [...body.rows].sort((a, b) => (down ? -1 : 1) * compare(value(a, n), value(b, n)));
      body.append(...rows);
    });
  });
}
`;
