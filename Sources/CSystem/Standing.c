#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// How the calling thread stands beside others that want a processor.
static _Thread_local struct {
    // Whether it has asked to run before others.
    int is_urgent;
    int nice;
    volatile sig_atomic_t is_in_real_time;
    // The system grants it no real time.
    int is_refused;
    // Ends its real time.
    timer_t limit;
    int has_limit;
} standing;

static atomic_int real_time_wanted;

// Lower than anything else of this class on the machine.
static const uint32_t real_time_priority = 1;
static const long longest_piece = 2000000;

// https://man7.org/linux/man-pages/man2/sched_setattr.2.html
static int stand(uint32_t policy, int nice, uint32_t priority, uint64_t slice) {
    // Threads that this one makes are as others are.
    const uint64_t reset_on_fork = 1;
    // glibc has had no declaration of it before 2.41.
    struct {
        uint32_t size;
        uint32_t policy;
        uint64_t flags;
        int32_t nice;
        uint32_t priority;
        uint64_t runtime;
        uint64_t deadline;
        uint64_t period;
    } attributes = {.size = sizeof attributes, .policy = policy, .flags = reset_on_fork, .nice = nice,
                    .priority = priority, .runtime = slice};
    return (int)syscall(SYS_sched_setattr, 0, &attributes, 0);
}

static int stand_among_others(void) {
    return stand(SCHED_OTHER, standing.nice, 0, 100000);
}

// Asks the disk for what it reads and writes as all others do. The kernel takes it for more urgent otherwise once the thread
// runs in real time, and mq-deadline then leaves what others have asked for, be it what this thread waits for itself, for
// milliseconds. https://man7.org/linux/man-pages/man2/ioprio_set.2.html
static void ask_disk_as_others(void) {
    // glibc has no declaration of it.
    const int of_thread = 1, best_effort = 2, class_shift = 13, usual = 4;
    syscall(SYS_ioprio_set, of_thread, 0, best_effort << class_shift | usual);
}

static int run_before_others(int nice) {
    ask_disk_as_others();
    standing.is_urgent = 1;
    standing.nice = nice;
    standing.is_in_real_time = 0;
    if (stand_among_others() == 0) {
        return 0;
    }
    standing.nice = getpriority(PRIO_PROCESS, 0);
    return stand_among_others();
}

int csystem_run_first(void) {
    return run_before_others(-10);
}

int csystem_run_early(void) {
    return run_before_others(-5);
}

void csystem_set_real_time(int wanted) {
    atomic_store_explicit(&real_time_wanted, wanted, memory_order_relaxed);
}

// A thread has kept its processor for too long.
static void end_real_time(int signal) {
    (void)signal;
    int code = errno;
    stand_among_others();
    standing.is_in_real_time = 0;
    errno = code;
}

static pthread_once_t preparation = PTHREAD_ONCE_INIT;
static pthread_key_t limits;

static void forget_limit(void *own) {
    (void)own;
    timer_delete(standing.limit);
}

static void prepare(void) {
    struct sigaction action = {.sa_handler = end_real_time, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGRTMIN, &action, NULL);
    pthread_key_create(&limits, forget_limit);
}

// The signal goes to the thread whose time it is, so that it may end that by itself.
// https://man7.org/linux/man-pages/man2/timer_create.2.html
static int make_limit(void) {
    if (standing.has_limit) {
        return 0;
    }
    pthread_once(&preparation, prepare);
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN};
    event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
    if (timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &standing.limit) != 0) {
        return -1;
    }
    standing.has_limit = 1;
    return pthread_setspecific(limits, &standing);
}

static int set_limit(long nanoseconds) {
    struct itimerspec time = {.it_value = {.tv_nsec = nanoseconds}};
    return timer_settime(standing.limit, 0, &time, NULL);
}

static int enter_real_time(void) {
    if (make_limit() != 0 || stand(SCHED_RR, 0, real_time_priority, 0) != 0) {
        return -1;
    }
    standing.is_in_real_time = 1;
    return 0;
}

static int leave_real_time(void) {
    set_limit(0);
    end_real_time(0);
    return 0;
}

int csystem_begin_piece(void) {
    if (!standing.is_urgent || standing.is_refused) {
        return 0;
    }
    if (!atomic_load_explicit(&real_time_wanted, memory_order_relaxed)) {
        return standing.is_in_real_time ? leave_real_time() : 0;
    }
    if (!standing.is_in_real_time && enter_real_time() != 0) {
        standing.is_refused = 1;
        return 0;
    }
    // Without a limit there is no real time.
    return set_limit(longest_piece) == 0 ? 1 : leave_real_time();
}
