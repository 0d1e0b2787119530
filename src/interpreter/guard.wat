;; Stands before one of CPython's own C functions and asks the kernel whether the caller may call it with this argument.
;; Assembled into natives.ts, like natives.wat.
(module
  (import "kernel" "may" (func $may (param i32 i32) (result i32)))
  (import "python" "table" (table 0 funcref))
  (import "python" "original" (global $original i32))
  (type $method_o (func (param i32 i32) (result i32)))
  (type $method_fastcall (func (param i32 i32 i32) (result i32)))
  ;; METH_O: (self, argument)
  (func (export "one") (param i32 i32) (result i32)
    local.get 1
    i32.const -1
    call $may
    i32.eqz
    if
      i32.const 0
      return
    end
    local.get 0
    local.get 1
    global.get $original
    call_indirect (type $method_o))
  ;; METH_FASTCALL: (self, arguments, count)
  (func (export "many") (param i32 i32 i32) (result i32)
    local.get 1
    local.get 2
    call $may
    i32.eqz
    if
      i32.const 0
      return
    end
    local.get 0
    local.get 1
    local.get 2
    global.get $original
    call_indirect (type $method_fastcall)))
