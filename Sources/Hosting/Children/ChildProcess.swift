internal import CSystem
internal import Glibc

/// A program that the host started, in a process group of its own.
///
/// It gets three pipes and no other descriptor, the signals as a program expects them, and `/` to work in. Writing to
/// one that has ended is an error and not a signal only where SIGPIPE is ignored, as the daemon does.
final class ChildProcess {
    /// How a program ended.
    enum End: Equatable {
        case exited(Int32)
        case signalled(Int32)
        /// Somebody else collected it, or the system keeps no record: its parent ignored SIGCHLD.
        case unknown
    }

    /// The process and the number of its group.
    let pid: Int32
    /// Readable once the program has ended. <https://man7.org/linux/man-pages/man2/pidfd_open.2.html>
    let descriptor: Int32
    /// Where its standard input is written; does not block.
    let input: Int32
    /// Where its standard output is read; does not block.
    let output: Int32
    /// Where its standard error is read; does not block.
    let errors: Int32
    private var isInputOpen = true
    private var end: End?

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - command: The program, searched for in `PATH` unless it has a slash, and its arguments.
    ///   - environment: All that is set in its environment.
    ///   - directory: Where it works; a program's name with a slash counts from there.
    ///   - limits: What it may use.
    ///   - mark: What it and all that comes of it are known by.
    ///   - endsWithThread: Whether it is killed when the calling thread ends.
    /// - Throws: ``ChildError``.
    init(
        _ command: [String], environment: [String: String], directory: String = "/", limits: ChildLimits = .none,
        mark: ProcessMark? = nil, endsWithThread: Bool = false
    ) throws(ChildError) {
        let arguments = CStrings(command)
        let variables = CStrings(environment.map { "\($0.key)=\($0.value)" }.sorted())
        var process: Int32 = 0
        var pipes: [Int32] = [-1, -1, -1]
        let code = arguments.pointers.withUnsafeBufferPointer { arguments in
            variables.pointers.withUnsafeBufferPointer { variables in
                directory.withCString { directory in
                    var program = csystem_program(
                        arguments: arguments.baseAddress, environment: variables.baseAddress, directory: directory,
                        memory: limits.memory, files: limits.files, seconds: limits.seconds,
                        mark: mark?.rawValue ?? 0,
                        ends_with_parent: endsWithThread ? 1 : 0)
                    return csystem_spawn(&program, &process, &pipes)
                }
            }
        }
        guard code == 0 else { throw .cannotStart(errno: code) }
        let descriptor = csystem_process_descriptor(process)
        pid = process
        (input, output, errors) = (pipes[0], pipes[1], pipes[2])
        self.descriptor = descriptor
        guard descriptor >= 0 else {
            let code = errno
            kill()
            throw .cannotStart(errno: code)
        }
    }

    deinit {
        if end == nil { kill() }
        closeInput()
        close(output)
        close(errors)
        if descriptor >= 0 { close(descriptor) }
    }

    /// Tells the program that no more comes.
    func closeInput() {
        if isInputOpen { close(input) }
        isInputOpen = false
    }

    /// Sends a signal to the program and all that it started in its group.
    func signal(_ number: Int32) {
        // Until its end is collected the number is nobody else's.
        if end == nil { _ = Glibc.kill(-pid, number) }
    }

    /// Ends the program and all that it started in its group, and waits for its end.
    func kill() {
        guard end == nil else { return }
        _ = Glibc.kill(-pid, SIGKILL)
        _ = collect()
    }

    /// Waits for the end of the program; what it started may go on.
    func collect() -> End {
        if let end { return end }
        var status: Int32 = 0
        var answer = waitpid(pid, &status, 0)
        while answer < 0, errno == EINTR { answer = waitpid(pid, &status, 0) }
        let signal = status & 0x7F
        let found: End =
            answer != pid ? .unknown : signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
        end = found
        return found
    }
}
