;; A system call that may wait: enter answers at once, or says that the caller's stack must be suspended first.
;; As in natives.wat; assembled by hand into suspendable.ts (suspendable.test.ts compares). One function a signature.
(module
  (import "kernel" "enter" (func $enter_iii (param i32 i32 i32) (result i32)))
  (import "kernel" "enter" (func $enter_iiii (param i32 i32 i32 i32) (result i32)))
  (import "kernel" "enter" (func $enter_iiiji (param i32 i32 i32 i64 i32) (result i32)))
  (import "kernel" "enter" (func $enter_iiiiii (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "kernel" "leave" (func $leave))
  (import "kernel" "suspend" (func $suspend (result i32)))
  (import "kernel" "resume" (func $resume (param i32) (result i32)))
  ;; The answer itself, unless it says: wait.
  (func $finish (param i32) (result i32)
    local.get 0
    i32.const 0x80000000
    i32.ne
    if
      local.get 0
      return
    end
    call $leave
    call $suspend
    call $resume)
  (func (export "iii") (param i32 i32 i32) (result i32)
    local.get 0
    local.get 1
    local.get 2
    call $enter_iii
    call $finish)
  (func (export "iiii") (param i32 i32 i32 i32) (result i32)
    local.get 0
    local.get 1
    local.get 2
    local.get 3
    call $enter_iiii
    call $finish)
  (func (export "iiiji") (param i32 i32 i32 i64 i32) (result i32)
    local.get 0
    local.get 1
    local.get 2
    local.get 3
    local.get 4
    call $enter_iiiji
    call $finish)
  (func (export "iiiiii") (param i32 i32 i32 i32 i32 i32) (result i32)
    local.get 0
    local.get 1
    local.get 2
    local.get 3
    local.get 4
    local.get 5
    call $enter_iiiiii
    call $finish))
