// AG Grid Community with all rows in the browser, under jsdom and in a grid of no size, so that it draws almost nothing.

import { JSDOM } from "jsdom";
import { choose, compare, people } from "./facts.js";

const { window } = new JSDOM("<div></div>", { pretendToBeVisual: true });
class ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
const BROWSER = `document HTMLElement Element Node Event CustomEvent MouseEvent KeyboardEvent getComputedStyle requestAnimationFrame
  cancelAnimationFrame MutationObserver DocumentFragment HTMLInputElement HTMLSelectElement FocusEvent DOMParser CSSStyleSheet
  ShadowRoot location`.split(/\s+/);
window.ResizeObserver = ResizeObserver;
Object.assign(globalThis, { window, ResizeObserver });
for (const name of BROWSER) globalThis[name] = window[name];
globalThis.navigator = window.navigator;
const { AllCommunityModule, ModuleRegistry, createGrid } = await import("ag-grid-community");
ModuleRegistry.registerModules([AllCommunityModule]);

const FIELDS = ["firstName", "lastName", "username", "email"];

function first(state, most) {
  const total = state.grid.getDisplayedRowCount();
  const ids = Array.from({ length: Math.min(most, total) }, (_, at) => state.grid.getDisplayedRowAtIndex(at).data.id);
  return { total, ids };
}

function sortBy(state, fields) {
  const columns = fields.map((colId, sortIndex) => ({ colId, sort: "asc", sortIndex }));
  state.grid.applyColumnState({ state: columns, defaultState: { sort: null } });
}

export default {
  name: "AG Grid",
  needs: "ag-grid-community",
  fields: FIELDS,
  read(bytes) {
    const state = people(bytes);
    const lower = { firstName: "f", lastName: "l" };
    for (const user of state.users) user.u = user.username.toLowerCase();
    const comparator = (field) => (_one, _other, { data: one }, { data: other }) =>
      compare(one[lower[field]] ?? one[field], other[lower[field]] ?? other[field]);
    const column = (field) => ({ field, filter: "agTextColumnFilter", comparator: comparator(field) });
    state.grid = createGrid(document.querySelector("div"), {
      rowData: state.users,
      getRowId: ({ data }) => String(data.id),
      suppressColumnVirtualisation: true,
      animateRows: false,
      theme: "legacy",
      cacheQuickFilter: true,
      isExternalFilterPresent: () => state.chosen !== undefined,
      doesExternalFilterPass: ({ data }) => state.chosen.has(data.id),
      columnDefs: [{ field: "id", getQuickFilterText: () => "" }, ...FIELDS.map(column)],
    });
    sortBy(state, ["lastName", "firstName", "id"]);
    return state;
  },
  choose(state, group) {
    choose(state, group);
    state.grid.onFilterChanged();
  },
  filter(state, fields, text, most) {
    const isAny = fields.length > 1;
    const model = isAny ? null : { [fields[0]]: { filterType: "text", type: "contains", filter: text } };
    if (isAny) state.grid.setGridOption("quickFilterText", text);
    if (!isAny || state.filtered !== undefined) state.grid.setFilterModel(model);
    state.filtered = model ?? undefined;
    return first(state, most);
  },
  sort(state, field, most) {
    if (state.chosen !== undefined) {
      state.chosen = undefined;
      state.grid.updateGridOptions({ quickFilterText: "" });
      state.grid.onFilterChanged();
    }
    sortBy(state, [field, "id"]);
    return first(state, most).ids;
  },
};
