;; Stands in the function table where OSError's `tp_new` was: CPython's own function gets the arguments with Linux's numbers.
;; Assembled into errors.ts, like natives.wat.
(module
  (import "kernel" "translate" (func $translate (param i32) (result i32)))
  (import "python" "original" (func $original (param i32 i32 i32) (result i32)))
  (import "python" "Py_DecRef" (func $release (param i32)))
  ;; tp_new: (type, arguments, keywords). `translate` answers a new tuple, or 0: they stay as they are.
  (func (export "new") (param i32 i32 i32) (result i32) (local i32 i32)
    local.get 1
    call $translate
    local.tee 3
    i32.eqz
    if
      local.get 0
      local.get 1
      local.get 2
      call $original
      return
    end
    local.get 0
    local.get 3
    local.get 2
    call $original
    local.set 4
    local.get 3
    call $release
    local.get 4))
