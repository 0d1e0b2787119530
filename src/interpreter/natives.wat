;; The door between CPython and the kernel: one C function behind every native, and the entry of a carrier.
;; Assembled by hand into natives.ts (natives.test.ts compares); kept as text because a reviewer must be able to read it.
(module
  (import "kernel" "enter" (func $enter (param i32 i32 i32) (result i32)))
  (import "kernel" "leave" (func $leave))
  (import "kernel" "suspend" (func $suspend (result i32)))
  (import "kernel" "resume" (func $resume (param i32) (result i32)))
  (import "kernel" "dict_changes" (func $dict_changes (param i32 i32 i32 i32) (result i32)))
  (import "kernel" "type_changes" (func $type_changes (param i32) (result i32)))
  (import "kernel" "function_changes" (func $function_changes (param i32 i32 i32) (result i32)))
  (import "kernel" "code_changes" (func $code_changes (param i32 i32) (result i32)))
  (import "python" "enter_promising_task" (func $begin (result i32)))
  (import "python" "exit_promising_task" (func $end))
  (import "python" "PyObject_CallNoArgs" (func $call (param i32) (result i32)))
  (import "python" "PyErr_Clear" (func $clear))
  ;; A METH_FASTCALL function: (self, args, nargs) -> object. -1 from enter means: this task waits.
  (func (export "native") (param i32 i32 i32) (result i32) (local i32)
    local.get 0
    local.get 1
    local.get 2
    call $enter
    local.tee 3
    i32.const -1
    i32.ne
    if
      local.get 3
      return
    end
    call $leave
    call $suspend
    call $resume)
  ;; Runs a Python callable on a stack and a thread state of its own. 0: ended, 1: no memory, 2: it raised.
  (func (export "carry") (param i32) (result i32) (local i32)
    call $begin
    if
      i32.const 1
      return
    end
    local.get 0
    call $call
    local.tee 1
    i32.eqz
    if
      call $clear
    end
    call $end
    local.get 1
    i32.eqz
    i32.const 1
    i32.shl)
  ;; CPython's watchers: it calls these before a watched dict or a type changes, and for each function and code object.
  (func (export "dict_changes") (param i32 i32 i32 i32) (result i32)
    local.get 0
    local.get 1
    local.get 2
    local.get 3
    call $dict_changes)
  (func (export "type_changes") (param i32) (result i32)
    local.get 0
    call $type_changes)
  (func (export "function_changes") (param i32 i32 i32) (result i32)
    ;; Created and destroyed, all the time: of no interest.
    local.get 0
    i32.const 2
    i32.lt_u
    if
      i32.const 0
      return
    end
    local.get 0
    local.get 1
    local.get 2
    call $function_changes)
  (func (export "code_changes") (param i32 i32) (result i32)
    local.get 0
    local.get 1
    call $code_changes))
