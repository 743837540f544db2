// TanStack Table without a screen: filters, sorting and pages as its row models have them.

import {
  createTable,
  getCoreRowModel,
  getFilteredRowModel,
  getPaginationRowModel,
  getSortedRowModel,
} from "@tanstack/table-core";
import { choose, compare, people } from "./facts.js";

const FIELDS = ["firstName", "lastName", "username", "email"];
const LOWER = { firstName: "f", lastName: "l", username: "username", email: "email" };
const ascending = (fields) => fields.map((id) => ({ id, desc: false }));

function ask(state, changed) {
  state.table.setOptions((options) => ({ ...options, state: { ...options.state, ...changed } }));
  return state.table.getRowModel().rows.map(({ original }) => original.id);
}

export default {
  name: "TanStack Table",
  needs: "@tanstack/table-core",
  fields: FIELDS,
  read(bytes) {
    const state = people(bytes);
    const sortingFn = (field) => (one, other) => compare(one.original[LOWER[field]], other.original[LOWER[field]]);
    const column = (field) => ({ id: field, accessorKey: field, filterFn: "includesString", sortingFn: sortingFn(field) });
    const isChosen = ({ original }) => state.chosen.has(original.id);
    const options = {
      data: state.users,
      columns: [{ id: "id", accessorKey: "id", filterFn: isChosen, enableGlobalFilter: false }, ...FIELDS.map(column)],
      globalFilterFn: "includesString",
      autoResetPageIndex: false,
      renderFallbackValue: null,
      onStateChange() {},
      state: {},
      getCoreRowModel: getCoreRowModel(),
      getFilteredRowModel: getFilteredRowModel(),
      getSortedRowModel: getSortedRowModel(),
      getPaginationRowModel: getPaginationRowModel(),
    };
    state.table = createTable(options);
    const sorting = ascending(["lastName", "firstName", "id"]);
    const pagination = { pageIndex: 0, pageSize: 50 };
    state.table.setOptions((options) => ({ ...options, state: { ...state.table.initialState, sorting, pagination } }));
    state.table.getCoreRowModel();
    return state;
  },
  choose,
  filter(state, fields, text) {
    const isAny = fields.length > 1;
    const typed = isAny ? [] : [{ id: fields[0], value: text }];
    const ids = ask(state, { columnFilters: [{ id: "id", value: 1 }, ...typed], globalFilter: isAny ? text : undefined });
    return { total: state.table.getFilteredRowModel().rows.length, ids };
  },
  sort: (state, field) => ask(state, { columnFilters: [], globalFilter: undefined, sorting: ascending([field, "id"]) }),
};
