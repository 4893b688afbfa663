#define _GNU_SOURCE
#include "CSystem.h"

#include <crypt.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

int csystem_accept(int listener) {
    return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int csystem_peer(int connection, uint32_t *user, int32_t *process) {
    struct ucred credentials;
    socklen_t length = sizeof credentials;
    if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) {
        return -1;
    }
    *user = credentials.uid;
    *process = credentials.pid;
    return 0;
}

int csystem_unix_socket(void) {
    return socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static int fill_address(struct sockaddr_un *address, const char *path, size_t length) {
    if (length >= sizeof address->sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(address->sun_path, path, length);
    return 0;
}

int csystem_unix_bind(int descriptor, const char *path, size_t length) {
    struct sockaddr_un address;
    if (fill_address(&address, path, length) != 0) {
        return -1;
    }
    return bind(descriptor, (const struct sockaddr *)&address, sizeof address);
}

int csystem_unix_connect(int descriptor, const char *path, size_t length) {
    struct sockaddr_un address;
    if (fill_address(&address, path, length) != 0) {
        return -1;
    }
    return connect(descriptor, (const struct sockaddr *)&address, sizeof address);
}

ssize_t csystem_send(int descriptor, const void *bytes, size_t count) {
    return send(descriptor, bytes, count, MSG_NOSIGNAL);
}

int csystem_adopt(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    if (flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) != 0) {
        return -1;
    }
    return fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

int csystem_is_unix_listener(int descriptor) {
    int domain = 0, type = 0, listening = 0;
    socklen_t length = sizeof(int);
    if (getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &length) != 0
        || getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &length) != 0
        || getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length) != 0) {
        return 0;
    }
    return domain == AF_UNIX && type == SOCK_STREAM && listening != 0;
}

int csystem_spare_descriptor(void) {
    return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

int csystem_knows_charset(const char *charset) {
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1) {
        return 0;
    }
    iconv_close(converter);
    return 1;
}

size_t csystem_convert_to_utf8(
    const char *charset, const uint8_t *input, size_t length, uint8_t *output, size_t capacity) {
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1) {
        return 0;
    }
    char *from = (char *)input, *to = (char *)output;
    size_t from_left = length, to_left = capacity;
    while (from_left > 0 && iconv(converter, &from, &from_left, &to, &to_left) == (size_t)-1 && errno != E2BIG) {
        // A byte that means nothing, or a character cut off: U+FFFD stands for it.
        if (to_left < 3) {
            break;
        }
        memcpy(to, "\xEF\xBF\xBD", 3);
        to += 3;
        to_left -= 3;
        from += 1;
        from_left -= 1;
    }
    iconv(converter, NULL, NULL, &to, &to_left);
    iconv_close(converter);
    return capacity - to_left;
}

// Closes what is open; keeps errno's value.
static int close_all(const int *descriptors, size_t count, int code) {
    for (size_t index = 0; index < count; index++) {
        if (descriptors[index] >= 0) {
            close(descriptors[index]);
        }
    }
    return code;
}

// A resource limit, 0 for none, and what lies between the warning and the end; answers 0 or -1.
static int limit(int resource, uint64_t value, uint64_t grace) {
    struct rlimit both = {value, value + grace};
    return value == 0 ? 0 : setrlimit(resource, &both);
}

// What the new process does before it becomes the program: system calls alone, for it still shares its parent's memory.
// Answers the number of the error; does not come back without one.
static int become(const struct csystem_program *program, const int *ends, pid_t parent) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigset_t none;
    for (int number = 1; number < NSIG; number++) {
        // Some cannot be changed, and need not be.
        sigaction(number, &standard, NULL);
    }
    if (setpgid(0, 0) != 0 || chdir(program->directory) != 0) {
        return errno;
    }
    for (int number = 0; number < 3; number++) {
        if (dup2(ends[number], number) < 0) {
            return errno;
        }
    }
    if (program->ends_with_parent) {
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
            return errno;
        }
        // It may have ended before it was asked for.
        if (getppid() != parent) {
            return ESRCH;
        }
    }
    closefrom(3);
    // Where the limit is lower already there is no mark, and only what stays in the group is found.
    limit(RLIMIT_RTTIME, program->mark, 0);
    // SIGXCPU comes first and tells what it is for, SIGKILL only to one that does not care.
    if (limit(RLIMIT_AS, program->memory, 0) != 0 || limit(RLIMIT_NOFILE, program->files, 0) != 0 ||
        limit(RLIMIT_CPU, program->seconds, 1) != 0 ||
        limit(RLIMIT_CORE, program->ends_with_parent ? 1 : 0, 0) != 0) {
        return errno;
    }
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execvpe(program->arguments[0], program->arguments, program->environment);
    return errno;
}

__attribute__((noinline)) static int start(int32_t *process, const struct csystem_program *program, const int *ends) {
    sigset_t all, before;
    volatile int code = 0;
    pid_t parent = getpid();
    // No handler may run in the new process while it shares this memory.
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t started = vfork();
    if (started == 0) {
        code = become(program, ends, parent);
        _exit(127);
    }
    if (started < 0) {
        code = errno;
    } else if (code != 0) {
        while (waitpid(started, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    *process = started;
    return code;
}

int csystem_spawn(const struct csystem_program *program, int32_t *process, int *pipes) {
    int ends[6] = {-1, -1, -1, -1, -1, -1};
    for (int number = 0; number < 3; number++) {
        if (pipe2(&ends[number * 2], O_CLOEXEC) != 0) {
            return close_all(ends, 6, errno);
        }
    }
    const int child_ends[3] = {ends[0], ends[3], ends[5]};
    const int own_ends[3] = {ends[1], ends[2], ends[4]};
    for (int number = 0; number < 3; number++) {
        if (fcntl(own_ends[number], F_SETFL, O_NONBLOCK) != 0) {
            return close_all(ends, 6, errno);
        }
    }
    int code = start(process, program, child_ends);
    if (code != 0) {
        return close_all(ends, 6, code);
    }
    close_all(child_ends, 3, 0);
    memcpy(pipes, own_ends, sizeof own_ends);
    return 0;
}

static int has_mark(pid_t process, uint64_t mark, uint64_t mask) {
    struct rlimit limits;
    return prlimit(process, RLIMIT_RTTIME, NULL, &limits) == 0 && limits.rlim_max != RLIM_INFINITY
        && (limits.rlim_max & mask) == (mark & mask);
}

// Kills a process if it has the mark and has not ended; answers how many that are.
static int kill_marked(pid_t process, uint64_t mark, uint64_t mask) {
    if (!has_mark(process, mark, mask)) {
        return 0;
    }
    // Looked at again while the number cannot become another's.
    struct pollfd end = {.fd = csystem_process_descriptor(process), .events = POLLIN};
    if (end.fd < 0) {
        return 0;
    }
    int lives = poll(&end, 1, 0) == 0 && has_mark(process, mark, mask);
    if (lives) {
        syscall(SYS_pidfd_send_signal, end.fd, SIGKILL, NULL, 0);
    } else {
        // It is ours to collect where its parent ended before it and we are the first process.
        waitpid(process, NULL, WNOHANG);
    }
    close(end.fd);
    return lives;
}

int csystem_kill_marked(uint64_t mark, uint64_t mask) {
    DIR *processes = opendir("/proc");
    if (processes == NULL) {
        return 0;
    }
    int count = 0;
    for (struct dirent *entry = readdir(processes); entry != NULL; entry = readdir(processes)) {
        pid_t process = (pid_t)strtol(entry->d_name, NULL, 10);
        if (process > 0 && process != getpid()) {
            count += kill_marked(process, mark, mask);
        }
    }
    closedir(processes);
    return count;
}

int csystem_process_descriptor(int32_t process) {
    return (int)syscall(SYS_pidfd_open, (pid_t)process, 0);
}

// Hashes with the salt that the setting holds; the caller frees the result.
static struct crypt_data *hash_with(const char *password, const char *setting) {
    struct crypt_data *data = calloc(1, sizeof *data);
    if (data != NULL && crypt_rn(password, setting, data, sizeof *data) == NULL) {
        int code = errno;
        free(data);
        errno = code;
        return NULL;
    }
    return data;
}

static void forget(struct crypt_data *data) {
    explicit_bzero(data, sizeof *data);
    free(data);
}

int csystem_hash_password(const char *password, char *hash, size_t size) {
    char setting[CRYPT_GENSALT_OUTPUT_SIZE];
    if (strlen(password) >= CRYPT_MAX_PASSPHRASE_SIZE) {
        errno = EINVAL;
        return -1;
    }
    if (crypt_gensalt_rn("$y$", 0, NULL, 0, setting, sizeof setting) == NULL) {
        return -1;
    }
    struct crypt_data *data = hash_with(password, setting);
    if (data == NULL) {
        return -1;
    }
    size_t length = strlen(data->output);
    int fits = length < size;
    if (fits) {
        memcpy(hash, data->output, length + 1);
    }
    forget(data);
    errno = ERANGE;
    return fits ? 0 : -1;
}

int csystem_check_password(const char *password, const char *hash) {
    struct crypt_data *data = hash_with(password, hash);
    if (data == NULL) {
        return -1;
    }
    size_t length = strlen(hash);
    unsigned char difference = strlen(data->output) != length;
    for (size_t position = 0; position < length && position < sizeof data->output; position++) {
        difference |= (unsigned char)(data->output[position] ^ hash[position]);
    }
    forget(data);
    return difference == 0;
}

uint32_t csystem_crc32c(const uint32_t *tables, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    uint32_t value = ~(uint32_t)0;
    for (; count >= 8; count -= 8, next += 8) {
        value ^= (uint32_t)next[0] | (uint32_t)next[1] << 8 | (uint32_t)next[2] << 16 | (uint32_t)next[3] << 24;
        value = tables[1792 + (value & 0xff)] ^ tables[1536 + (value >> 8 & 0xff)]
            ^ tables[1280 + (value >> 16 & 0xff)] ^ tables[1024 + (value >> 24)] ^ tables[768 + next[4]]
            ^ tables[512 + next[5]] ^ tables[256 + next[6]] ^ tables[next[7]];
    }
    for (; count > 0; count--, next++) value = value >> 8 ^ tables[(value ^ *next) & 0xff];
    return ~value;
}
