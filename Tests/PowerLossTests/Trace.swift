import Foundation

/// What a daemon did to the files of a folder and told its clients, in the order in which it happened.
///
/// Written by the library PowerTrace, whose header says what the steps are.
struct Trace {
    enum Kind: UInt32 {
        case open = 1, close, duplicate, write, length, rename, unlink, makeFolder, removeFolder, link, syncBegins
        case syncEnds, answer, connection, unknown
    }

    struct Step {
        let kind: Kind
        let descriptor: Int32
        let value: Int64
        let flags: UInt32
        /// From the folder on; empty for the folder itself.
        let path: String
        let other: String
        /// Where its bytes are in the trace.
        let data: Range<Int>

        var isCreation: Bool { flags & 1 != 0 }
        var isTruncation: Bool { flags & 2 != 0 }
        var hasFailed: Bool { flags & 1 != 0 }
    }

    /// Why a file is no trace.
    struct Unreadable: Error {
        let reason: String
    }

    private static let headerLength = 32

    let steps: [Step]
    let bytes: [UInt8]

    /// - Parameters:
    ///   - file: What the library wrote.
    ///   - root: The folder whose files it tells of.
    /// - Throws: ``Unreadable``, or what the file system says.
    init(_ file: String, root: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        var steps: [Step] = []
        var place = 0
        // The last step may be cut off where the daemon was killed.
        while place + Self.headerLength <= bytes.count {
            let (step, end) = try Self.step(in: bytes, at: place, root: root)
            guard end <= bytes.count else { break }
            steps.append(step)
            place = end
        }
        if let unknown = steps.first(where: { $0.kind == .unknown }) {
            throw Unreadable(reason: "a call that is not traced: \(unknown.path)")
        }
        (self.steps, self.bytes) = (steps, bytes)
    }

    private static func step(in bytes: [UInt8], at place: Int, root: String) throws -> (Step, end: Int) {
        let (number, pathLength, dataLength, descriptor, value, flags) = bytes.withUnsafeBytes { raw in
            (
                raw.loadUnaligned(fromByteOffset: place, as: UInt32.self),
                Int(raw.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)),
                Int(raw.loadUnaligned(fromByteOffset: place + 8, as: UInt32.self)),
                raw.loadUnaligned(fromByteOffset: place + 12, as: Int32.self),
                raw.loadUnaligned(fromByteOffset: place + 16, as: Int64.self),
                raw.loadUnaligned(fromByteOffset: place + 24, as: UInt32.self)
            )
        }
        guard let kind = Kind(rawValue: number) else { throw Unreadable(reason: "step of kind \(number) at \(place)") }
        let start = place + headerLength
        let end = start + pathLength + dataLength
        guard pathLength > 0, end <= bytes.count else {
            let step = Step(
                kind: kind, descriptor: descriptor, value: value, flags: flags, path: "", other: "",
                data: start..<start + dataLength)
            return (step, end)
        }
        let paths = bytes[start..<start + pathLength].split(separator: 0).map { path in
            let path = String(decoding: path, as: UTF8.self)
            return path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
        }
        let step = Step(
            kind: kind, descriptor: descriptor, value: value, flags: flags, path: paths[0],
            other: paths.count > 1 ? paths[1] : "", data: start + pathLength..<end)
        return (step, end)
    }
}
