#ifndef CSYSTEM_H
#define CSYSTEM_H

// What Swift's Glibc module does not reach. Every function answers as the call it wraps: -1 with errno set on failure.
// What needs _GNU_SOURCE is in CSystem.c: defined here, it would change fd_set and clash with Dispatch's module.

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/types.h>

// accept4 that leaves the connection non-blocking and closed on exec. https://man7.org/linux/man-pages/man2/accept.2.html
int csystem_accept(int listener);

// Who connected, as the kernel noted it. https://man7.org/linux/man-pages/man7/unix.7.html (SO_PEERCRED)
int csystem_peer(int connection, uint32_t *user, int32_t *process);

// A Unix stream socket, non-blocking and closed on exec.
int csystem_unix_socket(void);

// bind and connect to a path, not terminated; ENAMETOOLONG when it does not fit with a NUL.
int csystem_unix_bind(int descriptor, const char *path, size_t length);
int csystem_unix_connect(int descriptor, const char *path, size_t length);

// send that answers EPIPE instead of raising SIGPIPE when the client is gone.
ssize_t csystem_send(int descriptor, const void *bytes, size_t count);

// Makes an inherited descriptor what this program expects: non-blocking, closed on exec.
int csystem_adopt(int descriptor);

// 1 when the descriptor is a listening Unix stream socket, 0 when it is something else.
int csystem_is_unix_listener(int descriptor);

// A descriptor that is never read or written, only given up when others run out.
int csystem_spare_descriptor(void);

// 1 when the C library can read text of a character set. https://man7.org/linux/man-pages/man3/iconv_open.3.html
int csystem_knows_charset(const char *charset);

// Text of a character set as UTF-8, U+FFFD for what is wrong in it; answers how many bytes it wrote, 0 for an unknown set.
size_t csystem_convert_to_utf8(
    const char *charset, const uint8_t *input, size_t length, uint8_t *output, size_t capacity);

// A program to start, with what it gets and may use; its name is searched for in PATH unless it has a slash, which counts
// from the directory. Limits (bytes of address space, open files, seconds of processor time) are 0 where there is none.
struct csystem_program {
    char *const *arguments;
    char *const *environment;
    const char *directory;
    uint64_t memory;
    uint64_t files;
    uint64_t seconds;
    // Put on it and on all that comes of it, for csystem_kill_marked; 0 for none.
    uint64_t mark;
    // Not 0: it is killed when the thread that starts it ends, and leaves no core file.
    int ends_with_parent;
};

// Starts a program in a process group of its own, with the three pipes whose own ends (input, output, errors) are answered
// and with no other descriptor, with all signals at their defaults. Answers 0 or the number of the error.
// https://man7.org/linux/man-pages/man2/vfork.2.html
int csystem_spawn(const struct csystem_program *program, int32_t *process, int *pipes);

// Kills every process whose mark, in the bits of `mask`, is this one; answers how many there were.
//
// A mark is the limit of real-time processor time, which is there for no other reason, comes down to all children whatever
// session or parent they find, and which a process without privileges cannot raise again. One that lowers it loses it.
// https://man7.org/linux/man-pages/man2/getrlimit.2.html
int csystem_kill_marked(uint64_t mark, uint64_t mask);

// A descriptor that is readable once the process has ended; closed on exec.
int csystem_process_descriptor(int32_t process);

// Hashes a password, terminated, for storing: yescrypt with a new salt. EINVAL for one longer than 511 bytes.
// https://man7.org/linux/man-pages/man5/crypt.5.html
int csystem_hash_password(const char *password, char *hash, size_t size);

// 1 when the password is the one that was hashed, 0 when it is not; takes about 20 ms either way.
int csystem_check_password(const char *password, const char *hash);

// Has the calling thread wait less for a processor and keep it shorter, 0.1 ms at a time, and have nine others' share where
// the process may ask for it (RLIMIT_NICE), the same otherwise: one that has just done much for one client still gets a
// processor at once for the next. What it starts is like all others. Answers EINVAL or is of no effect where the kernel
// knows no such wish (before Linux 6.12). https://docs.kernel.org/scheduler/sched-eevdf.html
int csystem_run_first(void);

// As csystem_run_first, with three others' share: for what is short, and still less urgent than what everybody waits for.
int csystem_run_early(void);

// Says whether threads that have asked to run first or early are to run in real time: then no other thread keeps a
// processor from them, where the process may ask for it (RLIMIT_RTPRIO). Each does so from its next piece of work on.
void csystem_set_real_time(int wanted);

// To be called by such a thread before each piece of work. In real time it may take 2 ms of a processor for it, and is as
// it was before from then on, so that nothing long keeps others waiting. Answers 1 in real time, 0 otherwise; does
// nothing on other threads. https://man7.org/linux/man-pages/man7/sched.7.html
int csystem_begin_piece(void);

// CRC-32C of some bytes, with the eight tables of 256 numbers that Swift makes. In C, since Swift's checks make it a
// hundred times slower in a debug build.
uint32_t csystem_crc32c(const uint32_t *tables, const void *bytes, size_t count);

#endif
