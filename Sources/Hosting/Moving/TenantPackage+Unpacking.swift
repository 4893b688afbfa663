internal import Foundation
internal import Registry

/// Why a file cannot become a tenant.
enum PackageFault: Error, Equatable {
    case foreign
    case newer
    case damaged(String)
}

extension TenantPackage {
    /// Takes bytes from the file: at most so many from an offset, none at the end.
    typealias Source = (_ offset: Int64, _ count: Int) throws -> [UInt8]

    /// Reads the first line.
    ///
    /// - Throws: ``PackageFault``, or what `source` throws.
    static func header(_ source: Source) throws -> (header: Header, length: Int64) {
        var bytes: [UInt8] = []
        while bytes.firstIndex(of: 0x0A) == nil {
            let more = bytes.count < headerLimit ? try source(Int64(bytes.count), piece) : []
            guard !more.isEmpty else { throw PackageFault.foreign }
            bytes += more
        }
        let line = bytes.prefix { $0 != 0x0A }
        // Only what every form of the file has in common is looked at before the form is known.
        struct Form: Decodable { let patron: Int }
        guard let form = try? JSONDecoder().decode(Form.self, from: Data(line)) else { throw PackageFault.foreign }
        guard form.patron == Header.format else { throw PackageFault.newer }
        let header: Header
        do {
            header = try JSONDecoder().decode(Header.self, from: Data(line))
        } catch {
            throw PackageFault.damaged("its first line is not whole")
        }
        let names = header.parts.map(\.name)
        guard names == [registry] || names == [registry, ledger] else { throw PackageFault.damaged("its parts differ") }
        return (header, Int64(line.count) + 1)
    }

    /// Writes the parts into a folder, each synced, and checks everything on the way.
    ///
    /// - Throws: ``PackageFault``, what `source` throws, or the file system says.
    static func unpack(
        _ source: Source, size: Int64, into folder: TenantFolder, _ progress: (_ done: Int64) throws -> Void
    ) throws -> Header {
        let (header, length) = try header(source)
        let expected = header.parts.reduce(length) { $0 + $1.bytes } + trailerSize
        guard expected == size else { throw PackageFault.damaged("\(size) bytes are there of \(expected)") }
        var whole = SHA256Digest()
        try source(0, Int(length)).withUnsafeBufferPointer { whole.update($0) }
        var offset = length
        for part in header.parts {
            let path = "\(folder.path)/\(part.name)"
            let target = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard target >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            defer { close(target) }
            var digest = SHA256Digest()
            let end = offset + part.bytes
            while offset < end {
                let bytes = try source(offset, Int(min(Int64(piece), end - offset)))
                guard !bytes.isEmpty else { throw PackageFault.damaged("it ends early") }
                bytes.withUnsafeBufferPointer { bytes in
                    digest.update(bytes)
                    whole.update(bytes)
                }
                try bytes.withUnsafeBytes { try TenantFolder.write($0, to: target) }
                offset += Int64(bytes.count)
                try progress(offset)
            }
            guard fsync(target) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            guard ChecksummedFile.hexadecimal(digest.finish()) == part.sha256 else {
                throw PackageFault.damaged("\(part.name) has changed")
            }
        }
        let trailer = Array((ChecksummedFile.hexadecimal(whole.finish()) + "\n").utf8)
        guard try source(offset, Int(trailerSize)) == trailer else { throw PackageFault.damaged("it has changed") }
        return header
    }
}
