/*
 * Preloaded into a program, hides AVX-512 from the library "onnxruntime" that it opens and from every thread started later:
 * CPUID is made to fault there, and the handler of the fault answers it with the bits taken out. Tells of success by the
 * environment variable DEEPVISION_AVX512_HIDDEN=1; ends the program where the processor cannot do it.
 */
#define _GNU_SOURCE
#include <cpuid.h>
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

enum { SET_CPUID = 0x1012 };

#define BIT(n) (1u << (n))
/* Leaf 7.0: F, DQ, IFMA, PF, ER, CD, BW, VL; VBMI, VBMI2, VNNI, BITALG, VPOPCNTDQ; 4VNNIW, 4FMAPS, VP2INTERSECT, AMX, FP16. */
static const unsigned hidden_b = BIT(16) | BIT(17) | BIT(21) | BIT(26) | BIT(27) | BIT(28) | BIT(30) | BIT(31);
static const unsigned hidden_c = BIT(1) | BIT(6) | BIT(11) | BIT(12) | BIT(14);
static const unsigned hidden_d = BIT(2) | BIT(3) | BIT(8) | BIT(22) | BIT(23) | BIT(24) | BIT(25);
/* Leaf 7.1: AVX512_BF16, AMX_FP16; AVX10. */
static const unsigned hidden_1a = BIT(5) | BIT(21);
static const unsigned hidden_1d = BIT(19);

static void answer(int number, siginfo_t *info, void *context)
{
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    const unsigned char *code = (const unsigned char *)registers[REG_RIP];
    unsigned leaf = (unsigned)registers[REG_RAX], sub = (unsigned)registers[REG_RCX], a, b, c, d;
    (void)info;
    if (code[0] != 0x0f || code[1] != 0xa2)
    {
        signal(number, SIG_DFL); /* Another fault: it happens again, and ends the program. */
        return;
    }

    syscall(SYS_arch_prctl, SET_CPUID, 1);
    __cpuid_count(leaf, sub, a, b, c, d);
    syscall(SYS_arch_prctl, SET_CPUID, 0);
    if (leaf == 7 && sub == 0)
    {
        b &= ~hidden_b;
        c &= ~hidden_c;
        d &= ~hidden_d;
    }
    else if (leaf == 7 && sub == 1)
    {
        a &= ~hidden_1a;
        d &= ~hidden_1d;
    }

    registers[REG_RAX] = a;
    registers[REG_RBX] = b;
    registers[REG_RCX] = c;
    registers[REG_RDX] = d;
    registers[REG_RIP] += 2;
}

static void hide(void)
{
    struct sigaction action = { .sa_sigaction = answer, .sa_flags = SA_SIGINFO };
    unsigned a, b, c, d;
    sigaction(SIGSEGV, &action, NULL);
    if (syscall(SYS_arch_prctl, SET_CPUID, 0) != 0)
    {
        fputs("this processor or kernel cannot make CPUID fault, so that AVX-512 cannot be hidden\n", stderr);
        _exit(3);
    }

    __cpuid_count(7, 0, a, b, c, d);
    if (b & BIT(16))
    {
        fputs("AVX-512 is still to be seen although CPUID was made to fault\n", stderr);
        _exit(3);
    }

    setenv("DEEPVISION_AVX512_HIDDEN", "1", 1);
}

void *dlopen(const char *file, int flags)
{
    static void *(*next)(const char *, int);
    if (next == NULL)
        next = (void *(*)(const char *, int))dlsym(RTLD_NEXT, "dlopen");
    if (file != NULL && strstr(file, "onnxruntime") != NULL && getenv("DEEPVISION_AVX512_HIDDEN") == NULL)
        hide();
    return next(file, flags);
}
