import Glibc

/// Standard output or standard error, without a buffer.
enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// Puts `/dev/null` in the place of standard descriptors that the caller has closed.
    ///
    /// Otherwise the socket would become one of them.
    static func openMissing() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is taken, which is this one.
            _ = open("/dev/null", O_RDWR)
        }
    }

    /// Whether a person looks at it.
    var isTerminal: Bool { isatty(rawValue) == 1 }

    /// How many characters a line of the terminal has; nil when it is none.
    ///
    /// 80 when the terminal does not tell.
    var width: Int? {
        guard isTerminal else { return nil }
        var size = winsize()
        guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes everything; a reader that is gone ends the program by SIGPIPE.
    ///
    /// - Returns: Whether everything was written; a full disk is one reason why not.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
                return Glibc.write(rawValue, rest.baseAddress, rest.count)
            }
            if count >= 0 {
                written += count
            } else if errno == EAGAIN {
                // A terminal that another program has made non-blocking.
                var entry = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
                _ = poll(&entry, 1, -1)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }

    /// Writes a text in UTF-8.
    func write(_ text: String) {
        write(Array(text.utf8))
    }
}
