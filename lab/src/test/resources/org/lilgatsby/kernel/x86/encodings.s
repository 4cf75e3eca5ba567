.intel_syntax noprefix
.L0:
    .long 1
    .long -2
    .long 2147483647
.balign 64, 0
    push rax
    pop rax
    cmp rax, 7
    sub rax, -128
    shl rax, 16
    push rcx
    pop rcx
    cmp rcx, 7
    sub rcx, -128
    shl rcx, 16
    push rdx
    pop rdx
    cmp rdx, 7
    sub rdx, -128
    shl rdx, 16
    push rbx
    pop rbx
    cmp rbx, 7
    sub rbx, -128
    shl rbx, 16
    push rsp
    pop rsp
    cmp rsp, 7
    sub rsp, -128
    shl rsp, 16
    push rbp
    pop rbp
    cmp rbp, 7
    sub rbp, -128
    shl rbp, 16
    push rsi
    pop rsi
    cmp rsi, 7
    sub rsi, -128
    shl rsi, 16
    push rdi
    pop rdi
    cmp rdi, 7
    sub rdi, -128
    shl rdi, 16
    push r8
    pop r8
    cmp r8, 7
    sub r8, -128
    shl r8, 16
    push r9
    pop r9
    cmp r9, 7
    sub r9, -128
    shl r9, 16
    push r10
    pop r10
    cmp r10, 7
    sub r10, -128
    shl r10, 16
    push r11
    pop r11
    cmp r11, 7
    sub r11, -128
    shl r11, 16
    push r12
    pop r12
    cmp r12, 7
    sub r12, -128
    shl r12, 16
    push r13
    pop r13
    cmp r13, 7
    sub r13, -128
    shl r13, 16
    push r14
    pop r14
    cmp r14, 7
    sub r14, -128
    shl r14, 16
    push r15
    pop r15
    cmp r15, 7
    sub r15, -128
    shl r15, 16
    mov r9, [rax]
    mov [rax], rdx
    mov [rax], r11d
    vpbroadcastd zmm21, dword ptr [rax]
    vmovups zmm14, zmmword ptr [rax]
    mov r9, [rax+8]
    mov [rax+8], rdx
    mov [rax+8], r11d
    vpbroadcastd zmm21, dword ptr [rax+8]
    vmovups zmm14, zmmword ptr [rax+8]
    mov r9, [rax-128]
    mov [rax-128], rdx
    mov [rax-128], r11d
    vpbroadcastd zmm21, dword ptr [rax-128]
    vmovups zmm14, zmmword ptr [rax-128]
    mov r9, [rax+128]
    mov [rax+128], rdx
    mov [rax+128], r11d
    vpbroadcastd zmm21, dword ptr [rax+128]
    vmovups zmm14, zmmword ptr [rax+128]
    mov r9, [rax+1000000]
    mov [rax+1000000], rdx
    mov [rax+1000000], r11d
    vpbroadcastd zmm21, dword ptr [rax+1000000]
    vmovups zmm14, zmmword ptr [rax+1000000]
    mov r9, [rcx]
    mov [rcx], rdx
    mov [rcx], r11d
    vpbroadcastd zmm21, dword ptr [rcx]
    vmovups zmm14, zmmword ptr [rcx]
    mov r9, [rcx+8]
    mov [rcx+8], rdx
    mov [rcx+8], r11d
    vpbroadcastd zmm21, dword ptr [rcx+8]
    vmovups zmm14, zmmword ptr [rcx+8]
    mov r9, [rcx-128]
    mov [rcx-128], rdx
    mov [rcx-128], r11d
    vpbroadcastd zmm21, dword ptr [rcx-128]
    vmovups zmm14, zmmword ptr [rcx-128]
    mov r9, [rcx+128]
    mov [rcx+128], rdx
    mov [rcx+128], r11d
    vpbroadcastd zmm21, dword ptr [rcx+128]
    vmovups zmm14, zmmword ptr [rcx+128]
    mov r9, [rcx+1000000]
    mov [rcx+1000000], rdx
    mov [rcx+1000000], r11d
    vpbroadcastd zmm21, dword ptr [rcx+1000000]
    vmovups zmm14, zmmword ptr [rcx+1000000]
    mov r9, [rdx]
    mov [rdx], rdx
    mov [rdx], r11d
    vpbroadcastd zmm21, dword ptr [rdx]
    vmovups zmm14, zmmword ptr [rdx]
    mov r9, [rdx+8]
    mov [rdx+8], rdx
    mov [rdx+8], r11d
    vpbroadcastd zmm21, dword ptr [rdx+8]
    vmovups zmm14, zmmword ptr [rdx+8]
    mov r9, [rdx-128]
    mov [rdx-128], rdx
    mov [rdx-128], r11d
    vpbroadcastd zmm21, dword ptr [rdx-128]
    vmovups zmm14, zmmword ptr [rdx-128]
    mov r9, [rdx+128]
    mov [rdx+128], rdx
    mov [rdx+128], r11d
    vpbroadcastd zmm21, dword ptr [rdx+128]
    vmovups zmm14, zmmword ptr [rdx+128]
    mov r9, [rdx+1000000]
    mov [rdx+1000000], rdx
    mov [rdx+1000000], r11d
    vpbroadcastd zmm21, dword ptr [rdx+1000000]
    vmovups zmm14, zmmword ptr [rdx+1000000]
    mov r9, [rbx]
    mov [rbx], rdx
    mov [rbx], r11d
    vpbroadcastd zmm21, dword ptr [rbx]
    vmovups zmm14, zmmword ptr [rbx]
    mov r9, [rbx+8]
    mov [rbx+8], rdx
    mov [rbx+8], r11d
    vpbroadcastd zmm21, dword ptr [rbx+8]
    vmovups zmm14, zmmword ptr [rbx+8]
    mov r9, [rbx-128]
    mov [rbx-128], rdx
    mov [rbx-128], r11d
    vpbroadcastd zmm21, dword ptr [rbx-128]
    vmovups zmm14, zmmword ptr [rbx-128]
    mov r9, [rbx+128]
    mov [rbx+128], rdx
    mov [rbx+128], r11d
    vpbroadcastd zmm21, dword ptr [rbx+128]
    vmovups zmm14, zmmword ptr [rbx+128]
    mov r9, [rbx+1000000]
    mov [rbx+1000000], rdx
    mov [rbx+1000000], r11d
    vpbroadcastd zmm21, dword ptr [rbx+1000000]
    vmovups zmm14, zmmword ptr [rbx+1000000]
    mov r9, [rsp]
    mov [rsp], rdx
    mov [rsp], r11d
    vpbroadcastd zmm21, dword ptr [rsp]
    vmovups zmm14, zmmword ptr [rsp]
    mov r9, [rsp+8]
    mov [rsp+8], rdx
    mov [rsp+8], r11d
    vpbroadcastd zmm21, dword ptr [rsp+8]
    vmovups zmm14, zmmword ptr [rsp+8]
    mov r9, [rsp-128]
    mov [rsp-128], rdx
    mov [rsp-128], r11d
    vpbroadcastd zmm21, dword ptr [rsp-128]
    vmovups zmm14, zmmword ptr [rsp-128]
    mov r9, [rsp+128]
    mov [rsp+128], rdx
    mov [rsp+128], r11d
    vpbroadcastd zmm21, dword ptr [rsp+128]
    vmovups zmm14, zmmword ptr [rsp+128]
    mov r9, [rsp+1000000]
    mov [rsp+1000000], rdx
    mov [rsp+1000000], r11d
    vpbroadcastd zmm21, dword ptr [rsp+1000000]
    vmovups zmm14, zmmword ptr [rsp+1000000]
    mov r9, [rbp]
    mov [rbp], rdx
    mov [rbp], r11d
    vpbroadcastd zmm21, dword ptr [rbp]
    vmovups zmm14, zmmword ptr [rbp]
    mov r9, [rbp+8]
    mov [rbp+8], rdx
    mov [rbp+8], r11d
    vpbroadcastd zmm21, dword ptr [rbp+8]
    vmovups zmm14, zmmword ptr [rbp+8]
    mov r9, [rbp-128]
    mov [rbp-128], rdx
    mov [rbp-128], r11d
    vpbroadcastd zmm21, dword ptr [rbp-128]
    vmovups zmm14, zmmword ptr [rbp-128]
    mov r9, [rbp+128]
    mov [rbp+128], rdx
    mov [rbp+128], r11d
    vpbroadcastd zmm21, dword ptr [rbp+128]
    vmovups zmm14, zmmword ptr [rbp+128]
    mov r9, [rbp+1000000]
    mov [rbp+1000000], rdx
    mov [rbp+1000000], r11d
    vpbroadcastd zmm21, dword ptr [rbp+1000000]
    vmovups zmm14, zmmword ptr [rbp+1000000]
    mov r9, [rsi]
    mov [rsi], rdx
    mov [rsi], r11d
    vpbroadcastd zmm21, dword ptr [rsi]
    vmovups zmm14, zmmword ptr [rsi]
    mov r9, [rsi+8]
    mov [rsi+8], rdx
    mov [rsi+8], r11d
    vpbroadcastd zmm21, dword ptr [rsi+8]
    vmovups zmm14, zmmword ptr [rsi+8]
    mov r9, [rsi-128]
    mov [rsi-128], rdx
    mov [rsi-128], r11d
    vpbroadcastd zmm21, dword ptr [rsi-128]
    vmovups zmm14, zmmword ptr [rsi-128]
    mov r9, [rsi+128]
    mov [rsi+128], rdx
    mov [rsi+128], r11d
    vpbroadcastd zmm21, dword ptr [rsi+128]
    vmovups zmm14, zmmword ptr [rsi+128]
    mov r9, [rsi+1000000]
    mov [rsi+1000000], rdx
    mov [rsi+1000000], r11d
    vpbroadcastd zmm21, dword ptr [rsi+1000000]
    vmovups zmm14, zmmword ptr [rsi+1000000]
    mov r9, [rdi]
    mov [rdi], rdx
    mov [rdi], r11d
    vpbroadcastd zmm21, dword ptr [rdi]
    vmovups zmm14, zmmword ptr [rdi]
    mov r9, [rdi+8]
    mov [rdi+8], rdx
    mov [rdi+8], r11d
    vpbroadcastd zmm21, dword ptr [rdi+8]
    vmovups zmm14, zmmword ptr [rdi+8]
    mov r9, [rdi-128]
    mov [rdi-128], rdx
    mov [rdi-128], r11d
    vpbroadcastd zmm21, dword ptr [rdi-128]
    vmovups zmm14, zmmword ptr [rdi-128]
    mov r9, [rdi+128]
    mov [rdi+128], rdx
    mov [rdi+128], r11d
    vpbroadcastd zmm21, dword ptr [rdi+128]
    vmovups zmm14, zmmword ptr [rdi+128]
    mov r9, [rdi+1000000]
    mov [rdi+1000000], rdx
    mov [rdi+1000000], r11d
    vpbroadcastd zmm21, dword ptr [rdi+1000000]
    vmovups zmm14, zmmword ptr [rdi+1000000]
    mov r9, [r8]
    mov [r8], rdx
    mov [r8], r11d
    vpbroadcastd zmm21, dword ptr [r8]
    vmovups zmm14, zmmword ptr [r8]
    mov r9, [r8+8]
    mov [r8+8], rdx
    mov [r8+8], r11d
    vpbroadcastd zmm21, dword ptr [r8+8]
    vmovups zmm14, zmmword ptr [r8+8]
    mov r9, [r8-128]
    mov [r8-128], rdx
    mov [r8-128], r11d
    vpbroadcastd zmm21, dword ptr [r8-128]
    vmovups zmm14, zmmword ptr [r8-128]
    mov r9, [r8+128]
    mov [r8+128], rdx
    mov [r8+128], r11d
    vpbroadcastd zmm21, dword ptr [r8+128]
    vmovups zmm14, zmmword ptr [r8+128]
    mov r9, [r8+1000000]
    mov [r8+1000000], rdx
    mov [r8+1000000], r11d
    vpbroadcastd zmm21, dword ptr [r8+1000000]
    vmovups zmm14, zmmword ptr [r8+1000000]
    mov r9, [r9]
    mov [r9], rdx
    mov [r9], r11d
    vpbroadcastd zmm21, dword ptr [r9]
    vmovups zmm14, zmmword ptr [r9]
    mov r9, [r9+8]
    mov [r9+8], rdx
    mov [r9+8], r11d
    vpbroadcastd zmm21, dword ptr [r9+8]
    vmovups zmm14, zmmword ptr [r9+8]
    mov r9, [r9-128]
    mov [r9-128], rdx
    mov [r9-128], r11d
    vpbroadcastd zmm21, dword ptr [r9-128]
    vmovups zmm14, zmmword ptr [r9-128]
    mov r9, [r9+128]
    mov [r9+128], rdx
    mov [r9+128], r11d
    vpbroadcastd zmm21, dword ptr [r9+128]
    vmovups zmm14, zmmword ptr [r9+128]
    mov r9, [r9+1000000]
    mov [r9+1000000], rdx
    mov [r9+1000000], r11d
    vpbroadcastd zmm21, dword ptr [r9+1000000]
    vmovups zmm14, zmmword ptr [r9+1000000]
    mov r9, [r10]
    mov [r10], rdx
    mov [r10], r11d
    vpbroadcastd zmm21, dword ptr [r10]
    vmovups zmm14, zmmword ptr [r10]
    mov r9, [r10+8]
    mov [r10+8], rdx
    mov [r10+8], r11d
    vpbroadcastd zmm21, dword ptr [r10+8]
    vmovups zmm14, zmmword ptr [r10+8]
    mov r9, [r10-128]
    mov [r10-128], rdx
    mov [r10-128], r11d
    vpbroadcastd zmm21, dword ptr [r10-128]
    vmovups zmm14, zmmword ptr [r10-128]
    mov r9, [r10+128]
    mov [r10+128], rdx
    mov [r10+128], r11d
    vpbroadcastd zmm21, dword ptr [r10+128]
    vmovups zmm14, zmmword ptr [r10+128]
    mov r9, [r10+1000000]
    mov [r10+1000000], rdx
    mov [r10+1000000], r11d
    vpbroadcastd zmm21, dword ptr [r10+1000000]
    vmovups zmm14, zmmword ptr [r10+1000000]
    mov r9, [r11]
    mov [r11], rdx
    mov [r11], r11d
    vpbroadcastd zmm21, dword ptr [r11]
    vmovups zmm14, zmmword ptr [r11]
    mov r9, [r11+8]
    mov [r11+8], rdx
    mov [r11+8], r11d
    vpbroadcastd zmm21, dword ptr [r11+8]
    vmovups zmm14, zmmword ptr [r11+8]
    mov r9, [r11-128]
    mov [r11-128], rdx
    mov [r11-128], r11d
    vpbroadcastd zmm21, dword ptr [r11-128]
    vmovups zmm14, zmmword ptr [r11-128]
    mov r9, [r11+128]
    mov [r11+128], rdx
    mov [r11+128], r11d
    vpbroadcastd zmm21, dword ptr [r11+128]
    vmovups zmm14, zmmword ptr [r11+128]
    mov r9, [r11+1000000]
    mov [r11+1000000], rdx
    mov [r11+1000000], r11d
    vpbroadcastd zmm21, dword ptr [r11+1000000]
    vmovups zmm14, zmmword ptr [r11+1000000]
    mov r9, [r12]
    mov [r12], rdx
    mov [r12], r11d
    vpbroadcastd zmm21, dword ptr [r12]
    vmovups zmm14, zmmword ptr [r12]
    mov r9, [r12+8]
    mov [r12+8], rdx
    mov [r12+8], r11d
    vpbroadcastd zmm21, dword ptr [r12+8]
    vmovups zmm14, zmmword ptr [r12+8]
    mov r9, [r12-128]
    mov [r12-128], rdx
    mov [r12-128], r11d
    vpbroadcastd zmm21, dword ptr [r12-128]
    vmovups zmm14, zmmword ptr [r12-128]
    mov r9, [r12+128]
    mov [r12+128], rdx
    mov [r12+128], r11d
    vpbroadcastd zmm21, dword ptr [r12+128]
    vmovups zmm14, zmmword ptr [r12+128]
    mov r9, [r12+1000000]
    mov [r12+1000000], rdx
    mov [r12+1000000], r11d
    vpbroadcastd zmm21, dword ptr [r12+1000000]
    vmovups zmm14, zmmword ptr [r12+1000000]
    mov r9, [r13]
    mov [r13], rdx
    mov [r13], r11d
    vpbroadcastd zmm21, dword ptr [r13]
    vmovups zmm14, zmmword ptr [r13]
    mov r9, [r13+8]
    mov [r13+8], rdx
    mov [r13+8], r11d
    vpbroadcastd zmm21, dword ptr [r13+8]
    vmovups zmm14, zmmword ptr [r13+8]
    mov r9, [r13-128]
    mov [r13-128], rdx
    mov [r13-128], r11d
    vpbroadcastd zmm21, dword ptr [r13-128]
    vmovups zmm14, zmmword ptr [r13-128]
    mov r9, [r13+128]
    mov [r13+128], rdx
    mov [r13+128], r11d
    vpbroadcastd zmm21, dword ptr [r13+128]
    vmovups zmm14, zmmword ptr [r13+128]
    mov r9, [r13+1000000]
    mov [r13+1000000], rdx
    mov [r13+1000000], r11d
    vpbroadcastd zmm21, dword ptr [r13+1000000]
    vmovups zmm14, zmmword ptr [r13+1000000]
    mov r9, [r14]
    mov [r14], rdx
    mov [r14], r11d
    vpbroadcastd zmm21, dword ptr [r14]
    vmovups zmm14, zmmword ptr [r14]
    mov r9, [r14+8]
    mov [r14+8], rdx
    mov [r14+8], r11d
    vpbroadcastd zmm21, dword ptr [r14+8]
    vmovups zmm14, zmmword ptr [r14+8]
    mov r9, [r14-128]
    mov [r14-128], rdx
    mov [r14-128], r11d
    vpbroadcastd zmm21, dword ptr [r14-128]
    vmovups zmm14, zmmword ptr [r14-128]
    mov r9, [r14+128]
    mov [r14+128], rdx
    mov [r14+128], r11d
    vpbroadcastd zmm21, dword ptr [r14+128]
    vmovups zmm14, zmmword ptr [r14+128]
    mov r9, [r14+1000000]
    mov [r14+1000000], rdx
    mov [r14+1000000], r11d
    vpbroadcastd zmm21, dword ptr [r14+1000000]
    vmovups zmm14, zmmword ptr [r14+1000000]
    mov r9, [r15]
    mov [r15], rdx
    mov [r15], r11d
    vpbroadcastd zmm21, dword ptr [r15]
    vmovups zmm14, zmmword ptr [r15]
    mov r9, [r15+8]
    mov [r15+8], rdx
    mov [r15+8], r11d
    vpbroadcastd zmm21, dword ptr [r15+8]
    vmovups zmm14, zmmword ptr [r15+8]
    mov r9, [r15-128]
    mov [r15-128], rdx
    mov [r15-128], r11d
    vpbroadcastd zmm21, dword ptr [r15-128]
    vmovups zmm14, zmmword ptr [r15-128]
    mov r9, [r15+128]
    mov [r15+128], rdx
    mov [r15+128], r11d
    vpbroadcastd zmm21, dword ptr [r15+128]
    vmovups zmm14, zmmword ptr [r15+128]
    mov r9, [r15+1000000]
    mov [r15+1000000], rdx
    mov [r15+1000000], r11d
    vpbroadcastd zmm21, dword ptr [r15+1000000]
    vmovups zmm14, zmmword ptr [r15+1000000]
    lea r8, [rcx+rax*1]
    add rsi, [rcx+rax*1]
    vpbroadcastd zmm30, dword ptr [rcx+rax*1]
    lea r8, [rcx+rax*2]
    add rsi, [rcx+rax*2]
    vpbroadcastd zmm30, dword ptr [rcx+rax*2]
    lea r8, [rcx+rax*4]
    add rsi, [rcx+rax*4]
    vpbroadcastd zmm30, dword ptr [rcx+rax*4]
    lea r8, [rcx+rax*8]
    add rsi, [rcx+rax*8]
    vpbroadcastd zmm30, dword ptr [rcx+rax*8]
    lea r8, [rbp+rax*1]
    add rsi, [rbp+rax*1]
    vpbroadcastd zmm30, dword ptr [rbp+rax*1]
    lea r8, [rbp+rax*2]
    add rsi, [rbp+rax*2]
    vpbroadcastd zmm30, dword ptr [rbp+rax*2]
    lea r8, [rbp+rax*4]
    add rsi, [rbp+rax*4]
    vpbroadcastd zmm30, dword ptr [rbp+rax*4]
    lea r8, [rbp+rax*8]
    add rsi, [rbp+rax*8]
    vpbroadcastd zmm30, dword ptr [rbp+rax*8]
    lea r8, [rsp+rax*1]
    add rsi, [rsp+rax*1]
    vpbroadcastd zmm30, dword ptr [rsp+rax*1]
    lea r8, [rsp+rax*2]
    add rsi, [rsp+rax*2]
    vpbroadcastd zmm30, dword ptr [rsp+rax*2]
    lea r8, [rsp+rax*4]
    add rsi, [rsp+rax*4]
    vpbroadcastd zmm30, dword ptr [rsp+rax*4]
    lea r8, [rsp+rax*8]
    add rsi, [rsp+rax*8]
    vpbroadcastd zmm30, dword ptr [rsp+rax*8]
    lea r8, [r13+rax*1]
    add rsi, [r13+rax*1]
    vpbroadcastd zmm30, dword ptr [r13+rax*1]
    lea r8, [r13+rax*2]
    add rsi, [r13+rax*2]
    vpbroadcastd zmm30, dword ptr [r13+rax*2]
    lea r8, [r13+rax*4]
    add rsi, [r13+rax*4]
    vpbroadcastd zmm30, dword ptr [r13+rax*4]
    lea r8, [r13+rax*8]
    add rsi, [r13+rax*8]
    vpbroadcastd zmm30, dword ptr [r13+rax*8]
    lea r8, [rcx+rbp*1]
    add rsi, [rcx+rbp*1]
    vpbroadcastd zmm30, dword ptr [rcx+rbp*1]
    lea r8, [rcx+rbp*2]
    add rsi, [rcx+rbp*2]
    vpbroadcastd zmm30, dword ptr [rcx+rbp*2]
    lea r8, [rcx+rbp*4]
    add rsi, [rcx+rbp*4]
    vpbroadcastd zmm30, dword ptr [rcx+rbp*4]
    lea r8, [rcx+rbp*8]
    add rsi, [rcx+rbp*8]
    vpbroadcastd zmm30, dword ptr [rcx+rbp*8]
    lea r8, [rbp+rbp*1]
    add rsi, [rbp+rbp*1]
    vpbroadcastd zmm30, dword ptr [rbp+rbp*1]
    lea r8, [rbp+rbp*2]
    add rsi, [rbp+rbp*2]
    vpbroadcastd zmm30, dword ptr [rbp+rbp*2]
    lea r8, [rbp+rbp*4]
    add rsi, [rbp+rbp*4]
    vpbroadcastd zmm30, dword ptr [rbp+rbp*4]
    lea r8, [rbp+rbp*8]
    add rsi, [rbp+rbp*8]
    vpbroadcastd zmm30, dword ptr [rbp+rbp*8]
    lea r8, [rsp+rbp*1]
    add rsi, [rsp+rbp*1]
    vpbroadcastd zmm30, dword ptr [rsp+rbp*1]
    lea r8, [rsp+rbp*2]
    add rsi, [rsp+rbp*2]
    vpbroadcastd zmm30, dword ptr [rsp+rbp*2]
    lea r8, [rsp+rbp*4]
    add rsi, [rsp+rbp*4]
    vpbroadcastd zmm30, dword ptr [rsp+rbp*4]
    lea r8, [rsp+rbp*8]
    add rsi, [rsp+rbp*8]
    vpbroadcastd zmm30, dword ptr [rsp+rbp*8]
    lea r8, [r13+rbp*1]
    add rsi, [r13+rbp*1]
    vpbroadcastd zmm30, dword ptr [r13+rbp*1]
    lea r8, [r13+rbp*2]
    add rsi, [r13+rbp*2]
    vpbroadcastd zmm30, dword ptr [r13+rbp*2]
    lea r8, [r13+rbp*4]
    add rsi, [r13+rbp*4]
    vpbroadcastd zmm30, dword ptr [r13+rbp*4]
    lea r8, [r13+rbp*8]
    add rsi, [r13+rbp*8]
    vpbroadcastd zmm30, dword ptr [r13+rbp*8]
    lea r8, [rcx+r12*1]
    add rsi, [rcx+r12*1]
    vpbroadcastd zmm30, dword ptr [rcx+r12*1]
    lea r8, [rcx+r12*2]
    add rsi, [rcx+r12*2]
    vpbroadcastd zmm30, dword ptr [rcx+r12*2]
    lea r8, [rcx+r12*4]
    add rsi, [rcx+r12*4]
    vpbroadcastd zmm30, dword ptr [rcx+r12*4]
    lea r8, [rcx+r12*8]
    add rsi, [rcx+r12*8]
    vpbroadcastd zmm30, dword ptr [rcx+r12*8]
    lea r8, [rbp+r12*1]
    add rsi, [rbp+r12*1]
    vpbroadcastd zmm30, dword ptr [rbp+r12*1]
    lea r8, [rbp+r12*2]
    add rsi, [rbp+r12*2]
    vpbroadcastd zmm30, dword ptr [rbp+r12*2]
    lea r8, [rbp+r12*4]
    add rsi, [rbp+r12*4]
    vpbroadcastd zmm30, dword ptr [rbp+r12*4]
    lea r8, [rbp+r12*8]
    add rsi, [rbp+r12*8]
    vpbroadcastd zmm30, dword ptr [rbp+r12*8]
    lea r8, [rsp+r12*1]
    add rsi, [rsp+r12*1]
    vpbroadcastd zmm30, dword ptr [rsp+r12*1]
    lea r8, [rsp+r12*2]
    add rsi, [rsp+r12*2]
    vpbroadcastd zmm30, dword ptr [rsp+r12*2]
    lea r8, [rsp+r12*4]
    add rsi, [rsp+r12*4]
    vpbroadcastd zmm30, dword ptr [rsp+r12*4]
    lea r8, [rsp+r12*8]
    add rsi, [rsp+r12*8]
    vpbroadcastd zmm30, dword ptr [rsp+r12*8]
    lea r8, [r13+r12*1]
    add rsi, [r13+r12*1]
    vpbroadcastd zmm30, dword ptr [r13+r12*1]
    lea r8, [r13+r12*2]
    add rsi, [r13+r12*2]
    vpbroadcastd zmm30, dword ptr [r13+r12*2]
    lea r8, [r13+r12*4]
    add rsi, [r13+r12*4]
    vpbroadcastd zmm30, dword ptr [r13+r12*4]
    lea r8, [r13+r12*8]
    add rsi, [r13+r12*8]
    vpbroadcastd zmm30, dword ptr [r13+r12*8]
    lea r8, [rcx+r13*1]
    add rsi, [rcx+r13*1]
    vpbroadcastd zmm30, dword ptr [rcx+r13*1]
    lea r8, [rcx+r13*2]
    add rsi, [rcx+r13*2]
    vpbroadcastd zmm30, dword ptr [rcx+r13*2]
    lea r8, [rcx+r13*4]
    add rsi, [rcx+r13*4]
    vpbroadcastd zmm30, dword ptr [rcx+r13*4]
    lea r8, [rcx+r13*8]
    add rsi, [rcx+r13*8]
    vpbroadcastd zmm30, dword ptr [rcx+r13*8]
    lea r8, [rbp+r13*1]
    add rsi, [rbp+r13*1]
    vpbroadcastd zmm30, dword ptr [rbp+r13*1]
    lea r8, [rbp+r13*2]
    add rsi, [rbp+r13*2]
    vpbroadcastd zmm30, dword ptr [rbp+r13*2]
    lea r8, [rbp+r13*4]
    add rsi, [rbp+r13*4]
    vpbroadcastd zmm30, dword ptr [rbp+r13*4]
    lea r8, [rbp+r13*8]
    add rsi, [rbp+r13*8]
    vpbroadcastd zmm30, dword ptr [rbp+r13*8]
    lea r8, [rsp+r13*1]
    add rsi, [rsp+r13*1]
    vpbroadcastd zmm30, dword ptr [rsp+r13*1]
    lea r8, [rsp+r13*2]
    add rsi, [rsp+r13*2]
    vpbroadcastd zmm30, dword ptr [rsp+r13*2]
    lea r8, [rsp+r13*4]
    add rsi, [rsp+r13*4]
    vpbroadcastd zmm30, dword ptr [rsp+r13*4]
    lea r8, [rsp+r13*8]
    add rsi, [rsp+r13*8]
    vpbroadcastd zmm30, dword ptr [rsp+r13*8]
    lea r8, [r13+r13*1]
    add rsi, [r13+r13*1]
    vpbroadcastd zmm30, dword ptr [r13+r13*1]
    lea r8, [r13+r13*2]
    add rsi, [r13+r13*2]
    vpbroadcastd zmm30, dword ptr [r13+r13*2]
    lea r8, [r13+r13*4]
    add rsi, [r13+r13*4]
    vpbroadcastd zmm30, dword ptr [r13+r13*4]
    lea r8, [r13+r13*8]
    add rsi, [r13+r13*8]
    vpbroadcastd zmm30, dword ptr [r13+r13*8]
    mov rcx, r10
    add rcx, rbx
    or rax, rcx
    add rcx, 256
    kmovw k3, ecx
    kmovw ecx, k7
    mov rdi, r10
    add rdi, rbx
    or rax, rdi
    add rdi, 256
    kmovw k3, edi
    kmovw edi, k7
    mov r8, r10
    add r8, rbx
    or rax, r8
    add r8, 256
    kmovw k3, r8d
    kmovw r8d, k7
    mov r15, r10
    add r15, rbx
    or rax, r15
    add r15, 256
    kmovw k3, r15d
    kmovw r15d, k7
    cpuid
    vdpbf16ps zmm0, zmm0, zmm31
    vcvtneps2bf16 ymm0, zmm0
    vpmovzxwd zmm0, ymm0
    vpermt2w zmm0, zmm0, zmm31
    vpternlogd zmm0, zmm0, zmm31, 254
    vmovaps zmm0, zmm0
    vmovaps zmm0{k2}, zmm0
    vaddps zmm0, zmm0, zmm31
    vpaddd zmm0, zmm0, zmm31
    vpaddw zmm0, zmm0, zmm31
    vpandd zmm0, zmm0, zmm31
    vpord zmm0, zmm0, zmm31
    vpxord zmm0, zmm0, zmm31
    vpminud zmm0, zmm0, zmm31
    vpminuw zmm0, zmm0, zmm31
    vpslld zmm0, zmm0, 16
    vpsrld zmm0, zmm0, 31
    vptestmd k4, zmm0, zmm31
    vpcmpltud k5, zmm0, zmm31
    vcmpunordps k2, zmm0, zmm31
    vdpbf16ps zmm0, zmm5, zmm31
    vcvtneps2bf16 ymm0, zmm5
    vpmovzxwd zmm0, ymm5
    vpermt2w zmm0, zmm5, zmm31
    vpternlogd zmm0, zmm5, zmm31, 254
    vmovaps zmm0, zmm5
    vmovaps zmm0{k2}, zmm5
    vaddps zmm0, zmm5, zmm31
    vpaddd zmm0, zmm5, zmm31
    vpaddw zmm0, zmm5, zmm31
    vpandd zmm0, zmm5, zmm31
    vpord zmm0, zmm5, zmm31
    vpxord zmm0, zmm5, zmm31
    vpminud zmm0, zmm5, zmm31
    vpminuw zmm0, zmm5, zmm31
    vpslld zmm0, zmm5, 16
    vpsrld zmm0, zmm5, 31
    vptestmd k4, zmm5, zmm31
    vpcmpltud k5, zmm5, zmm31
    vcmpunordps k2, zmm5, zmm31
    vdpbf16ps zmm0, zmm9, zmm31
    vcvtneps2bf16 ymm0, zmm9
    vpmovzxwd zmm0, ymm9
    vpermt2w zmm0, zmm9, zmm31
    vpternlogd zmm0, zmm9, zmm31, 254
    vmovaps zmm0, zmm9
    vmovaps zmm0{k2}, zmm9
    vaddps zmm0, zmm9, zmm31
    vpaddd zmm0, zmm9, zmm31
    vpaddw zmm0, zmm9, zmm31
    vpandd zmm0, zmm9, zmm31
    vpord zmm0, zmm9, zmm31
    vpxord zmm0, zmm9, zmm31
    vpminud zmm0, zmm9, zmm31
    vpminuw zmm0, zmm9, zmm31
    vpslld zmm0, zmm9, 16
    vpsrld zmm0, zmm9, 31
    vptestmd k4, zmm9, zmm31
    vpcmpltud k5, zmm9, zmm31
    vcmpunordps k2, zmm9, zmm31
    vdpbf16ps zmm0, zmm18, zmm31
    vcvtneps2bf16 ymm0, zmm18
    vpmovzxwd zmm0, ymm18
    vpermt2w zmm0, zmm18, zmm31
    vpternlogd zmm0, zmm18, zmm31, 254
    vmovaps zmm0, zmm18
    vmovaps zmm0{k2}, zmm18
    vaddps zmm0, zmm18, zmm31
    vpaddd zmm0, zmm18, zmm31
    vpaddw zmm0, zmm18, zmm31
    vpandd zmm0, zmm18, zmm31
    vpord zmm0, zmm18, zmm31
    vpxord zmm0, zmm18, zmm31
    vpminud zmm0, zmm18, zmm31
    vpminuw zmm0, zmm18, zmm31
    vpslld zmm0, zmm18, 16
    vpsrld zmm0, zmm18, 31
    vptestmd k4, zmm18, zmm31
    vpcmpltud k5, zmm18, zmm31
    vcmpunordps k2, zmm18, zmm31
    vdpbf16ps zmm0, zmm31, zmm31
    vcvtneps2bf16 ymm0, zmm31
    vpmovzxwd zmm0, ymm31
    vpermt2w zmm0, zmm31, zmm31
    vpternlogd zmm0, zmm31, zmm31, 254
    vmovaps zmm0, zmm31
    vmovaps zmm0{k2}, zmm31
    vaddps zmm0, zmm31, zmm31
    vpaddd zmm0, zmm31, zmm31
    vpaddw zmm0, zmm31, zmm31
    vpandd zmm0, zmm31, zmm31
    vpord zmm0, zmm31, zmm31
    vpxord zmm0, zmm31, zmm31
    vpminud zmm0, zmm31, zmm31
    vpminuw zmm0, zmm31, zmm31
    vpslld zmm0, zmm31, 16
    vpsrld zmm0, zmm31, 31
    vptestmd k4, zmm31, zmm31
    vpcmpltud k5, zmm31, zmm31
    vcmpunordps k2, zmm31, zmm31
    vmovups zmm0, zmmword ptr [rax]
    vmovups zmmword ptr [r10], zmm0
    vmovups zmm0{k1}{z}, zmmword ptr [r12]
    vmovups zmm0{k1}, zmmword ptr [rsp]
    vmovups zmmword ptr [rbp]{k7}, zmm0
    vaddps zmm0, zmm17, zmmword ptr [r13]
    vmovups zmm0, zmmword ptr [rax+64]
    vmovups zmmword ptr [r10+64], zmm0
    vmovups zmm0{k1}{z}, zmmword ptr [r12+64]
    vmovups zmm0{k1}, zmmword ptr [rsp+64]
    vmovups zmmword ptr [rbp+64]{k7}, zmm0
    vaddps zmm0, zmm17, zmmword ptr [r13+64]
    vmovups zmm0, zmmword ptr [rax-8192]
    vmovups zmmword ptr [r10-8192], zmm0
    vmovups zmm0{k1}{z}, zmmword ptr [r12-8192]
    vmovups zmm0{k1}, zmmword ptr [rsp-8192]
    vmovups zmmword ptr [rbp-8192]{k7}, zmm0
    vaddps zmm0, zmm17, zmmword ptr [r13-8192]
    vmovups zmm0, zmmword ptr [rax+8128]
    vmovups zmmword ptr [r10+8128], zmm0
    vmovups zmm0{k1}{z}, zmmword ptr [r12+8128]
    vmovups zmm0{k1}, zmmword ptr [rsp+8128]
    vmovups zmmword ptr [rbp+8128]{k7}, zmm0
    vaddps zmm0, zmm17, zmmword ptr [r13+8128]
    vmovups zmm0, zmmword ptr [rax+8192]
    vmovups zmmword ptr [r10+8192], zmm0
    vmovups zmm0{k1}{z}, zmmword ptr [r12+8192]
    vmovups zmm0{k1}, zmmword ptr [rsp+8192]
    vmovups zmmword ptr [rbp+8192]{k7}, zmm0
    vaddps zmm0, zmm17, zmmword ptr [r13+8192]
    vmovups zmm0, zmmword ptr [rax+100]
    vmovups zmmword ptr [r10+100], zmm0
    vmovups zmm0{k1}{z}, zmmword ptr [r12+100]
    vmovups zmm0{k1}, zmmword ptr [rsp+100]
    vmovups zmmword ptr [rbp+100]{k7}, zmm0
    vaddps zmm0, zmm17, zmmword ptr [r13+100]
    vmovups zmm0, zmmword ptr [rip+.L0]
    vdpbf16ps zmm5, zmm0, zmm26
    vcvtneps2bf16 ymm5, zmm0
    vpmovzxwd zmm5, ymm0
    vpermt2w zmm5, zmm0, zmm26
    vpternlogd zmm5, zmm0, zmm26, 254
    vmovaps zmm5, zmm0
    vmovaps zmm5{k2}, zmm0
    vaddps zmm5, zmm0, zmm26
    vpaddd zmm5, zmm0, zmm26
    vpaddw zmm5, zmm0, zmm26
    vpandd zmm5, zmm0, zmm26
    vpord zmm5, zmm0, zmm26
    vpxord zmm5, zmm0, zmm26
    vpminud zmm5, zmm0, zmm26
    vpminuw zmm5, zmm0, zmm26
    vpslld zmm5, zmm0, 16
    vpsrld zmm5, zmm0, 31
    vptestmd k4, zmm0, zmm26
    vpcmpltud k5, zmm0, zmm26
    vcmpunordps k2, zmm0, zmm26
    vdpbf16ps zmm5, zmm5, zmm26
    vcvtneps2bf16 ymm5, zmm5
    vpmovzxwd zmm5, ymm5
    vpermt2w zmm5, zmm5, zmm26
    vpternlogd zmm5, zmm5, zmm26, 254
    vmovaps zmm5, zmm5
    vmovaps zmm5{k2}, zmm5
    vaddps zmm5, zmm5, zmm26
    vpaddd zmm5, zmm5, zmm26
    vpaddw zmm5, zmm5, zmm26
    vpandd zmm5, zmm5, zmm26
    vpord zmm5, zmm5, zmm26
    vpxord zmm5, zmm5, zmm26
    vpminud zmm5, zmm5, zmm26
    vpminuw zmm5, zmm5, zmm26
    vpslld zmm5, zmm5, 16
    vpsrld zmm5, zmm5, 31
    vptestmd k4, zmm5, zmm26
    vpcmpltud k5, zmm5, zmm26
    vcmpunordps k2, zmm5, zmm26
    vdpbf16ps zmm5, zmm9, zmm26
    vcvtneps2bf16 ymm5, zmm9
    vpmovzxwd zmm5, ymm9
    vpermt2w zmm5, zmm9, zmm26
    vpternlogd zmm5, zmm9, zmm26, 254
    vmovaps zmm5, zmm9
    vmovaps zmm5{k2}, zmm9
    vaddps zmm5, zmm9, zmm26
    vpaddd zmm5, zmm9, zmm26
    vpaddw zmm5, zmm9, zmm26
    vpandd zmm5, zmm9, zmm26
    vpord zmm5, zmm9, zmm26
    vpxord zmm5, zmm9, zmm26
    vpminud zmm5, zmm9, zmm26
    vpminuw zmm5, zmm9, zmm26
    vpslld zmm5, zmm9, 16
    vpsrld zmm5, zmm9, 31
    vptestmd k4, zmm9, zmm26
    vpcmpltud k5, zmm9, zmm26
    vcmpunordps k2, zmm9, zmm26
    vdpbf16ps zmm5, zmm18, zmm26
    vcvtneps2bf16 ymm5, zmm18
    vpmovzxwd zmm5, ymm18
    vpermt2w zmm5, zmm18, zmm26
    vpternlogd zmm5, zmm18, zmm26, 254
    vmovaps zmm5, zmm18
    vmovaps zmm5{k2}, zmm18
    vaddps zmm5, zmm18, zmm26
    vpaddd zmm5, zmm18, zmm26
    vpaddw zmm5, zmm18, zmm26
    vpandd zmm5, zmm18, zmm26
    vpord zmm5, zmm18, zmm26
    vpxord zmm5, zmm18, zmm26
    vpminud zmm5, zmm18, zmm26
    vpminuw zmm5, zmm18, zmm26
    vpslld zmm5, zmm18, 16
    vpsrld zmm5, zmm18, 31
    vptestmd k4, zmm18, zmm26
    vpcmpltud k5, zmm18, zmm26
    vcmpunordps k2, zmm18, zmm26
    vdpbf16ps zmm5, zmm31, zmm26
    vcvtneps2bf16 ymm5, zmm31
    vpmovzxwd zmm5, ymm31
    vpermt2w zmm5, zmm31, zmm26
    vpternlogd zmm5, zmm31, zmm26, 254
    vmovaps zmm5, zmm31
    vmovaps zmm5{k2}, zmm31
    vaddps zmm5, zmm31, zmm26
    vpaddd zmm5, zmm31, zmm26
    vpaddw zmm5, zmm31, zmm26
    vpandd zmm5, zmm31, zmm26
    vpord zmm5, zmm31, zmm26
    vpxord zmm5, zmm31, zmm26
    vpminud zmm5, zmm31, zmm26
    vpminuw zmm5, zmm31, zmm26
    vpslld zmm5, zmm31, 16
    vpsrld zmm5, zmm31, 31
    vptestmd k4, zmm31, zmm26
    vpcmpltud k5, zmm31, zmm26
    vcmpunordps k2, zmm31, zmm26
    vmovups zmm5, zmmword ptr [rax]
    vmovups zmmword ptr [r10], zmm5
    vmovups zmm5{k1}{z}, zmmword ptr [r12]
    vmovups zmm5{k1}, zmmword ptr [rsp]
    vmovups zmmword ptr [rbp]{k7}, zmm5
    vaddps zmm5, zmm17, zmmword ptr [r13]
    vmovups zmm5, zmmword ptr [rax+64]
    vmovups zmmword ptr [r10+64], zmm5
    vmovups zmm5{k1}{z}, zmmword ptr [r12+64]
    vmovups zmm5{k1}, zmmword ptr [rsp+64]
    vmovups zmmword ptr [rbp+64]{k7}, zmm5
    vaddps zmm5, zmm17, zmmword ptr [r13+64]
    vmovups zmm5, zmmword ptr [rax-8192]
    vmovups zmmword ptr [r10-8192], zmm5
    vmovups zmm5{k1}{z}, zmmword ptr [r12-8192]
    vmovups zmm5{k1}, zmmword ptr [rsp-8192]
    vmovups zmmword ptr [rbp-8192]{k7}, zmm5
    vaddps zmm5, zmm17, zmmword ptr [r13-8192]
    vmovups zmm5, zmmword ptr [rax+8128]
    vmovups zmmword ptr [r10+8128], zmm5
    vmovups zmm5{k1}{z}, zmmword ptr [r12+8128]
    vmovups zmm5{k1}, zmmword ptr [rsp+8128]
    vmovups zmmword ptr [rbp+8128]{k7}, zmm5
    vaddps zmm5, zmm17, zmmword ptr [r13+8128]
    vmovups zmm5, zmmword ptr [rax+8192]
    vmovups zmmword ptr [r10+8192], zmm5
    vmovups zmm5{k1}{z}, zmmword ptr [r12+8192]
    vmovups zmm5{k1}, zmmword ptr [rsp+8192]
    vmovups zmmword ptr [rbp+8192]{k7}, zmm5
    vaddps zmm5, zmm17, zmmword ptr [r13+8192]
    vmovups zmm5, zmmword ptr [rax+100]
    vmovups zmmword ptr [r10+100], zmm5
    vmovups zmm5{k1}{z}, zmmword ptr [r12+100]
    vmovups zmm5{k1}, zmmword ptr [rsp+100]
    vmovups zmmword ptr [rbp+100]{k7}, zmm5
    vaddps zmm5, zmm17, zmmword ptr [r13+100]
    vmovups zmm5, zmmword ptr [rip+.L0]
    vdpbf16ps zmm9, zmm0, zmm22
    vcvtneps2bf16 ymm9, zmm0
    vpmovzxwd zmm9, ymm0
    vpermt2w zmm9, zmm0, zmm22
    vpternlogd zmm9, zmm0, zmm22, 254
    vmovaps zmm9, zmm0
    vmovaps zmm9{k2}, zmm0
    vaddps zmm9, zmm0, zmm22
    vpaddd zmm9, zmm0, zmm22
    vpaddw zmm9, zmm0, zmm22
    vpandd zmm9, zmm0, zmm22
    vpord zmm9, zmm0, zmm22
    vpxord zmm9, zmm0, zmm22
    vpminud zmm9, zmm0, zmm22
    vpminuw zmm9, zmm0, zmm22
    vpslld zmm9, zmm0, 16
    vpsrld zmm9, zmm0, 31
    vptestmd k4, zmm0, zmm22
    vpcmpltud k5, zmm0, zmm22
    vcmpunordps k2, zmm0, zmm22
    vdpbf16ps zmm9, zmm5, zmm22
    vcvtneps2bf16 ymm9, zmm5
    vpmovzxwd zmm9, ymm5
    vpermt2w zmm9, zmm5, zmm22
    vpternlogd zmm9, zmm5, zmm22, 254
    vmovaps zmm9, zmm5
    vmovaps zmm9{k2}, zmm5
    vaddps zmm9, zmm5, zmm22
    vpaddd zmm9, zmm5, zmm22
    vpaddw zmm9, zmm5, zmm22
    vpandd zmm9, zmm5, zmm22
    vpord zmm9, zmm5, zmm22
    vpxord zmm9, zmm5, zmm22
    vpminud zmm9, zmm5, zmm22
    vpminuw zmm9, zmm5, zmm22
    vpslld zmm9, zmm5, 16
    vpsrld zmm9, zmm5, 31
    vptestmd k4, zmm5, zmm22
    vpcmpltud k5, zmm5, zmm22
    vcmpunordps k2, zmm5, zmm22
    vdpbf16ps zmm9, zmm9, zmm22
    vcvtneps2bf16 ymm9, zmm9
    vpmovzxwd zmm9, ymm9
    vpermt2w zmm9, zmm9, zmm22
    vpternlogd zmm9, zmm9, zmm22, 254
    vmovaps zmm9, zmm9
    vmovaps zmm9{k2}, zmm9
    vaddps zmm9, zmm9, zmm22
    vpaddd zmm9, zmm9, zmm22
    vpaddw zmm9, zmm9, zmm22
    vpandd zmm9, zmm9, zmm22
    vpord zmm9, zmm9, zmm22
    vpxord zmm9, zmm9, zmm22
    vpminud zmm9, zmm9, zmm22
    vpminuw zmm9, zmm9, zmm22
    vpslld zmm9, zmm9, 16
    vpsrld zmm9, zmm9, 31
    vptestmd k4, zmm9, zmm22
    vpcmpltud k5, zmm9, zmm22
    vcmpunordps k2, zmm9, zmm22
    vdpbf16ps zmm9, zmm18, zmm22
    vcvtneps2bf16 ymm9, zmm18
    vpmovzxwd zmm9, ymm18
    vpermt2w zmm9, zmm18, zmm22
    vpternlogd zmm9, zmm18, zmm22, 254
    vmovaps zmm9, zmm18
    vmovaps zmm9{k2}, zmm18
    vaddps zmm9, zmm18, zmm22
    vpaddd zmm9, zmm18, zmm22
    vpaddw zmm9, zmm18, zmm22
    vpandd zmm9, zmm18, zmm22
    vpord zmm9, zmm18, zmm22
    vpxord zmm9, zmm18, zmm22
    vpminud zmm9, zmm18, zmm22
    vpminuw zmm9, zmm18, zmm22
    vpslld zmm9, zmm18, 16
    vpsrld zmm9, zmm18, 31
    vptestmd k4, zmm18, zmm22
    vpcmpltud k5, zmm18, zmm22
    vcmpunordps k2, zmm18, zmm22
    vdpbf16ps zmm9, zmm31, zmm22
    vcvtneps2bf16 ymm9, zmm31
    vpmovzxwd zmm9, ymm31
    vpermt2w zmm9, zmm31, zmm22
    vpternlogd zmm9, zmm31, zmm22, 254
    vmovaps zmm9, zmm31
    vmovaps zmm9{k2}, zmm31
    vaddps zmm9, zmm31, zmm22
    vpaddd zmm9, zmm31, zmm22
    vpaddw zmm9, zmm31, zmm22
    vpandd zmm9, zmm31, zmm22
    vpord zmm9, zmm31, zmm22
    vpxord zmm9, zmm31, zmm22
    vpminud zmm9, zmm31, zmm22
    vpminuw zmm9, zmm31, zmm22
    vpslld zmm9, zmm31, 16
    vpsrld zmm9, zmm31, 31
    vptestmd k4, zmm31, zmm22
    vpcmpltud k5, zmm31, zmm22
    vcmpunordps k2, zmm31, zmm22
    vmovups zmm9, zmmword ptr [rax]
    vmovups zmmword ptr [r10], zmm9
    vmovups zmm9{k1}{z}, zmmword ptr [r12]
    vmovups zmm9{k1}, zmmword ptr [rsp]
    vmovups zmmword ptr [rbp]{k7}, zmm9
    vaddps zmm9, zmm17, zmmword ptr [r13]
    vmovups zmm9, zmmword ptr [rax+64]
    vmovups zmmword ptr [r10+64], zmm9
    vmovups zmm9{k1}{z}, zmmword ptr [r12+64]
    vmovups zmm9{k1}, zmmword ptr [rsp+64]
    vmovups zmmword ptr [rbp+64]{k7}, zmm9
    vaddps zmm9, zmm17, zmmword ptr [r13+64]
    vmovups zmm9, zmmword ptr [rax-8192]
    vmovups zmmword ptr [r10-8192], zmm9
    vmovups zmm9{k1}{z}, zmmword ptr [r12-8192]
    vmovups zmm9{k1}, zmmword ptr [rsp-8192]
    vmovups zmmword ptr [rbp-8192]{k7}, zmm9
    vaddps zmm9, zmm17, zmmword ptr [r13-8192]
    vmovups zmm9, zmmword ptr [rax+8128]
    vmovups zmmword ptr [r10+8128], zmm9
    vmovups zmm9{k1}{z}, zmmword ptr [r12+8128]
    vmovups zmm9{k1}, zmmword ptr [rsp+8128]
    vmovups zmmword ptr [rbp+8128]{k7}, zmm9
    vaddps zmm9, zmm17, zmmword ptr [r13+8128]
    vmovups zmm9, zmmword ptr [rax+8192]
    vmovups zmmword ptr [r10+8192], zmm9
    vmovups zmm9{k1}{z}, zmmword ptr [r12+8192]
    vmovups zmm9{k1}, zmmword ptr [rsp+8192]
    vmovups zmmword ptr [rbp+8192]{k7}, zmm9
    vaddps zmm9, zmm17, zmmword ptr [r13+8192]
    vmovups zmm9, zmmword ptr [rax+100]
    vmovups zmmword ptr [r10+100], zmm9
    vmovups zmm9{k1}{z}, zmmword ptr [r12+100]
    vmovups zmm9{k1}, zmmword ptr [rsp+100]
    vmovups zmmword ptr [rbp+100]{k7}, zmm9
    vaddps zmm9, zmm17, zmmword ptr [r13+100]
    vmovups zmm9, zmmword ptr [rip+.L0]
    vdpbf16ps zmm18, zmm0, zmm13
    vcvtneps2bf16 ymm18, zmm0
    vpmovzxwd zmm18, ymm0
    vpermt2w zmm18, zmm0, zmm13
    vpternlogd zmm18, zmm0, zmm13, 254
    vmovaps zmm18, zmm0
    vmovaps zmm18{k2}, zmm0
    vaddps zmm18, zmm0, zmm13
    vpaddd zmm18, zmm0, zmm13
    vpaddw zmm18, zmm0, zmm13
    vpandd zmm18, zmm0, zmm13
    vpord zmm18, zmm0, zmm13
    vpxord zmm18, zmm0, zmm13
    vpminud zmm18, zmm0, zmm13
    vpminuw zmm18, zmm0, zmm13
    vpslld zmm18, zmm0, 16
    vpsrld zmm18, zmm0, 31
    vptestmd k4, zmm0, zmm13
    vpcmpltud k5, zmm0, zmm13
    vcmpunordps k2, zmm0, zmm13
    vdpbf16ps zmm18, zmm5, zmm13
    vcvtneps2bf16 ymm18, zmm5
    vpmovzxwd zmm18, ymm5
    vpermt2w zmm18, zmm5, zmm13
    vpternlogd zmm18, zmm5, zmm13, 254
    vmovaps zmm18, zmm5
    vmovaps zmm18{k2}, zmm5
    vaddps zmm18, zmm5, zmm13
    vpaddd zmm18, zmm5, zmm13
    vpaddw zmm18, zmm5, zmm13
    vpandd zmm18, zmm5, zmm13
    vpord zmm18, zmm5, zmm13
    vpxord zmm18, zmm5, zmm13
    vpminud zmm18, zmm5, zmm13
    vpminuw zmm18, zmm5, zmm13
    vpslld zmm18, zmm5, 16
    vpsrld zmm18, zmm5, 31
    vptestmd k4, zmm5, zmm13
    vpcmpltud k5, zmm5, zmm13
    vcmpunordps k2, zmm5, zmm13
    vdpbf16ps zmm18, zmm9, zmm13
    vcvtneps2bf16 ymm18, zmm9
    vpmovzxwd zmm18, ymm9
    vpermt2w zmm18, zmm9, zmm13
    vpternlogd zmm18, zmm9, zmm13, 254
    vmovaps zmm18, zmm9
    vmovaps zmm18{k2}, zmm9
    vaddps zmm18, zmm9, zmm13
    vpaddd zmm18, zmm9, zmm13
    vpaddw zmm18, zmm9, zmm13
    vpandd zmm18, zmm9, zmm13
    vpord zmm18, zmm9, zmm13
    vpxord zmm18, zmm9, zmm13
    vpminud zmm18, zmm9, zmm13
    vpminuw zmm18, zmm9, zmm13
    vpslld zmm18, zmm9, 16
    vpsrld zmm18, zmm9, 31
    vptestmd k4, zmm9, zmm13
    vpcmpltud k5, zmm9, zmm13
    vcmpunordps k2, zmm9, zmm13
    vdpbf16ps zmm18, zmm18, zmm13
    vcvtneps2bf16 ymm18, zmm18
    vpmovzxwd zmm18, ymm18
    vpermt2w zmm18, zmm18, zmm13
    vpternlogd zmm18, zmm18, zmm13, 254
    vmovaps zmm18, zmm18
    vmovaps zmm18{k2}, zmm18
    vaddps zmm18, zmm18, zmm13
    vpaddd zmm18, zmm18, zmm13
    vpaddw zmm18, zmm18, zmm13
    vpandd zmm18, zmm18, zmm13
    vpord zmm18, zmm18, zmm13
    vpxord zmm18, zmm18, zmm13
    vpminud zmm18, zmm18, zmm13
    vpminuw zmm18, zmm18, zmm13
    vpslld zmm18, zmm18, 16
    vpsrld zmm18, zmm18, 31
    vptestmd k4, zmm18, zmm13
    vpcmpltud k5, zmm18, zmm13
    vcmpunordps k2, zmm18, zmm13
    vdpbf16ps zmm18, zmm31, zmm13
    vcvtneps2bf16 ymm18, zmm31
    vpmovzxwd zmm18, ymm31
    vpermt2w zmm18, zmm31, zmm13
    vpternlogd zmm18, zmm31, zmm13, 254
    vmovaps zmm18, zmm31
    vmovaps zmm18{k2}, zmm31
    vaddps zmm18, zmm31, zmm13
    vpaddd zmm18, zmm31, zmm13
    vpaddw zmm18, zmm31, zmm13
    vpandd zmm18, zmm31, zmm13
    vpord zmm18, zmm31, zmm13
    vpxord zmm18, zmm31, zmm13
    vpminud zmm18, zmm31, zmm13
    vpminuw zmm18, zmm31, zmm13
    vpslld zmm18, zmm31, 16
    vpsrld zmm18, zmm31, 31
    vptestmd k4, zmm31, zmm13
    vpcmpltud k5, zmm31, zmm13
    vcmpunordps k2, zmm31, zmm13
    vmovups zmm18, zmmword ptr [rax]
    vmovups zmmword ptr [r10], zmm18
    vmovups zmm18{k1}{z}, zmmword ptr [r12]
    vmovups zmm18{k1}, zmmword ptr [rsp]
    vmovups zmmword ptr [rbp]{k7}, zmm18
    vaddps zmm18, zmm17, zmmword ptr [r13]
    vmovups zmm18, zmmword ptr [rax+64]
    vmovups zmmword ptr [r10+64], zmm18
    vmovups zmm18{k1}{z}, zmmword ptr [r12+64]
    vmovups zmm18{k1}, zmmword ptr [rsp+64]
    vmovups zmmword ptr [rbp+64]{k7}, zmm18
    vaddps zmm18, zmm17, zmmword ptr [r13+64]
    vmovups zmm18, zmmword ptr [rax-8192]
    vmovups zmmword ptr [r10-8192], zmm18
    vmovups zmm18{k1}{z}, zmmword ptr [r12-8192]
    vmovups zmm18{k1}, zmmword ptr [rsp-8192]
    vmovups zmmword ptr [rbp-8192]{k7}, zmm18
    vaddps zmm18, zmm17, zmmword ptr [r13-8192]
    vmovups zmm18, zmmword ptr [rax+8128]
    vmovups zmmword ptr [r10+8128], zmm18
    vmovups zmm18{k1}{z}, zmmword ptr [r12+8128]
    vmovups zmm18{k1}, zmmword ptr [rsp+8128]
    vmovups zmmword ptr [rbp+8128]{k7}, zmm18
    vaddps zmm18, zmm17, zmmword ptr [r13+8128]
    vmovups zmm18, zmmword ptr [rax+8192]
    vmovups zmmword ptr [r10+8192], zmm18
    vmovups zmm18{k1}{z}, zmmword ptr [r12+8192]
    vmovups zmm18{k1}, zmmword ptr [rsp+8192]
    vmovups zmmword ptr [rbp+8192]{k7}, zmm18
    vaddps zmm18, zmm17, zmmword ptr [r13+8192]
    vmovups zmm18, zmmword ptr [rax+100]
    vmovups zmmword ptr [r10+100], zmm18
    vmovups zmm18{k1}{z}, zmmword ptr [r12+100]
    vmovups zmm18{k1}, zmmword ptr [rsp+100]
    vmovups zmmword ptr [rbp+100]{k7}, zmm18
    vaddps zmm18, zmm17, zmmword ptr [r13+100]
    vmovups zmm18, zmmword ptr [rip+.L0]
    vdpbf16ps zmm31, zmm0, zmm0
    vcvtneps2bf16 ymm31, zmm0
    vpmovzxwd zmm31, ymm0
    vpermt2w zmm31, zmm0, zmm0
    vpternlogd zmm31, zmm0, zmm0, 254
    vmovaps zmm31, zmm0
    vmovaps zmm31{k2}, zmm0
    vaddps zmm31, zmm0, zmm0
    vpaddd zmm31, zmm0, zmm0
    vpaddw zmm31, zmm0, zmm0
    vpandd zmm31, zmm0, zmm0
    vpord zmm31, zmm0, zmm0
    vpxord zmm31, zmm0, zmm0
    vpminud zmm31, zmm0, zmm0
    vpminuw zmm31, zmm0, zmm0
    vpslld zmm31, zmm0, 16
    vpsrld zmm31, zmm0, 31
    vptestmd k4, zmm0, zmm0
    vpcmpltud k5, zmm0, zmm0
    vcmpunordps k2, zmm0, zmm0
    vdpbf16ps zmm31, zmm5, zmm0
    vcvtneps2bf16 ymm31, zmm5
    vpmovzxwd zmm31, ymm5
    vpermt2w zmm31, zmm5, zmm0
    vpternlogd zmm31, zmm5, zmm0, 254
    vmovaps zmm31, zmm5
    vmovaps zmm31{k2}, zmm5
    vaddps zmm31, zmm5, zmm0
    vpaddd zmm31, zmm5, zmm0
    vpaddw zmm31, zmm5, zmm0
    vpandd zmm31, zmm5, zmm0
    vpord zmm31, zmm5, zmm0
    vpxord zmm31, zmm5, zmm0
    vpminud zmm31, zmm5, zmm0
    vpminuw zmm31, zmm5, zmm0
    vpslld zmm31, zmm5, 16
    vpsrld zmm31, zmm5, 31
    vptestmd k4, zmm5, zmm0
    vpcmpltud k5, zmm5, zmm0
    vcmpunordps k2, zmm5, zmm0
    vdpbf16ps zmm31, zmm9, zmm0
    vcvtneps2bf16 ymm31, zmm9
    vpmovzxwd zmm31, ymm9
    vpermt2w zmm31, zmm9, zmm0
    vpternlogd zmm31, zmm9, zmm0, 254
    vmovaps zmm31, zmm9
    vmovaps zmm31{k2}, zmm9
    vaddps zmm31, zmm9, zmm0
    vpaddd zmm31, zmm9, zmm0
    vpaddw zmm31, zmm9, zmm0
    vpandd zmm31, zmm9, zmm0
    vpord zmm31, zmm9, zmm0
    vpxord zmm31, zmm9, zmm0
    vpminud zmm31, zmm9, zmm0
    vpminuw zmm31, zmm9, zmm0
    vpslld zmm31, zmm9, 16
    vpsrld zmm31, zmm9, 31
    vptestmd k4, zmm9, zmm0
    vpcmpltud k5, zmm9, zmm0
    vcmpunordps k2, zmm9, zmm0
    vdpbf16ps zmm31, zmm18, zmm0
    vcvtneps2bf16 ymm31, zmm18
    vpmovzxwd zmm31, ymm18
    vpermt2w zmm31, zmm18, zmm0
    vpternlogd zmm31, zmm18, zmm0, 254
    vmovaps zmm31, zmm18
    vmovaps zmm31{k2}, zmm18
    vaddps zmm31, zmm18, zmm0
    vpaddd zmm31, zmm18, zmm0
    vpaddw zmm31, zmm18, zmm0
    vpandd zmm31, zmm18, zmm0
    vpord zmm31, zmm18, zmm0
    vpxord zmm31, zmm18, zmm0
    vpminud zmm31, zmm18, zmm0
    vpminuw zmm31, zmm18, zmm0
    vpslld zmm31, zmm18, 16
    vpsrld zmm31, zmm18, 31
    vptestmd k4, zmm18, zmm0
    vpcmpltud k5, zmm18, zmm0
    vcmpunordps k2, zmm18, zmm0
    vdpbf16ps zmm31, zmm31, zmm0
    vcvtneps2bf16 ymm31, zmm31
    vpmovzxwd zmm31, ymm31
    vpermt2w zmm31, zmm31, zmm0
    vpternlogd zmm31, zmm31, zmm0, 254
    vmovaps zmm31, zmm31
    vmovaps zmm31{k2}, zmm31
    vaddps zmm31, zmm31, zmm0
    vpaddd zmm31, zmm31, zmm0
    vpaddw zmm31, zmm31, zmm0
    vpandd zmm31, zmm31, zmm0
    vpord zmm31, zmm31, zmm0
    vpxord zmm31, zmm31, zmm0
    vpminud zmm31, zmm31, zmm0
    vpminuw zmm31, zmm31, zmm0
    vpslld zmm31, zmm31, 16
    vpsrld zmm31, zmm31, 31
    vptestmd k4, zmm31, zmm0
    vpcmpltud k5, zmm31, zmm0
    vcmpunordps k2, zmm31, zmm0
    vmovups zmm31, zmmword ptr [rax]
    vmovups zmmword ptr [r10], zmm31
    vmovups zmm31{k1}{z}, zmmword ptr [r12]
    vmovups zmm31{k1}, zmmword ptr [rsp]
    vmovups zmmword ptr [rbp]{k7}, zmm31
    vaddps zmm31, zmm17, zmmword ptr [r13]
    vmovups zmm31, zmmword ptr [rax+64]
    vmovups zmmword ptr [r10+64], zmm31
    vmovups zmm31{k1}{z}, zmmword ptr [r12+64]
    vmovups zmm31{k1}, zmmword ptr [rsp+64]
    vmovups zmmword ptr [rbp+64]{k7}, zmm31
    vaddps zmm31, zmm17, zmmword ptr [r13+64]
    vmovups zmm31, zmmword ptr [rax-8192]
    vmovups zmmword ptr [r10-8192], zmm31
    vmovups zmm31{k1}{z}, zmmword ptr [r12-8192]
    vmovups zmm31{k1}, zmmword ptr [rsp-8192]
    vmovups zmmword ptr [rbp-8192]{k7}, zmm31
    vaddps zmm31, zmm17, zmmword ptr [r13-8192]
    vmovups zmm31, zmmword ptr [rax+8128]
    vmovups zmmword ptr [r10+8128], zmm31
    vmovups zmm31{k1}{z}, zmmword ptr [r12+8128]
    vmovups zmm31{k1}, zmmword ptr [rsp+8128]
    vmovups zmmword ptr [rbp+8128]{k7}, zmm31
    vaddps zmm31, zmm17, zmmword ptr [r13+8128]
    vmovups zmm31, zmmword ptr [rax+8192]
    vmovups zmmword ptr [r10+8192], zmm31
    vmovups zmm31{k1}{z}, zmmword ptr [r12+8192]
    vmovups zmm31{k1}, zmmword ptr [rsp+8192]
    vmovups zmmword ptr [rbp+8192]{k7}, zmm31
    vaddps zmm31, zmm17, zmmword ptr [r13+8192]
    vmovups zmm31, zmmword ptr [rax+100]
    vmovups zmmword ptr [r10+100], zmm31
    vmovups zmm31{k1}{z}, zmmword ptr [r12+100]
    vmovups zmm31{k1}, zmmword ptr [rsp+100]
    vmovups zmmword ptr [rbp+100]{k7}, zmm31
    vaddps zmm31, zmm17, zmmword ptr [r13+100]
    vmovups zmm31, zmmword ptr [rip+.L0]
    vzeroupper
    {disp32} jmp .L1
    {disp32} je .L0
    {disp32} jne .L1
    {disp32} jl .L0
.L1:
    ret
