internal import Foundation

/// Looks at what may not be there: what keeps it from being looked at is no absence.
extension TenantFolder {
    /// Whether something is at a path.
    ///
    /// - Throws: ``HostError/unreachable(_:)``.
    static func isThere(_ path: String) throws(HostError) -> Bool {
        var status = stat()
        if stat(path, &status) == 0 { return true }
        try requireAbsence()
        return false
    }

    /// What a file holds; nil where there is none.
    ///
    /// - Throws: ``HostError/tooManyFiles``, ``HostError/unreachable(_:)``.
    static func contents(of path: String) throws(HostError) -> Data? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            try requireAbsence()
            return nil
        }
        defer { close(file) }
        var contents = Data()
        while true {
            let piece = try read(file, from: contents.count, count: 64 << 10)
            if piece.isEmpty { return contents }
            contents += piece
        }
    }

    /// The names of what is in a folder, none where there is no such folder.
    ///
    /// - Throws: ``HostError/tooManyFiles``, ``HostError/unreachable(_:)``.
    static func names(in folder: String) throws(HostError) -> [String] {
        guard let entries = opendir(folder) else {
            try requireAbsence()
            return []
        }
        defer { closedir(entries) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(entries) else {
                guard errno == 0 else { throw HostError(errno: errno) }
                return names
            }
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { name in
                    String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
    }

    /// Reads so many bytes of an open file, or as many as there are.
    ///
    /// - Throws: ``HostError/unreachable(_:)``.
    static func read(_ file: Int32, from offset: Int, count: Int) throws(HostError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let more = bytes.withUnsafeMutableBytes { buffer in
                pread(file, buffer.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
            }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else { throw HostError(errno: errno) }
            if more == 0 { break }
            done += more
        }
        return Array(bytes.prefix(done))
    }

    /// - Throws: Why the last call has failed, unless there is nothing at its path.
    private static func requireAbsence() throws(HostError) {
        let number = errno
        guard number == ENOENT || number == ENOTDIR else { throw HostError(errno: number) }
    }
}

extension HostError {
    /// What the system's error says of a tenant's files.
    init(errno: Int32) {
        self = errno == EMFILE || errno == ENFILE ? .tooManyFiles : .unreachable(String(cString: strerror(errno)))
    }
}
