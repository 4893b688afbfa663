/// Bytes that grow at the end and are cut back, without a copy of what they had before.
final class CaptureBuffer {
    private var memory: UnsafeMutableRawPointer
    private var capacity = 4_096
    private(set) var count = 0

    init() {
        memory = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit {
        memory.deallocate()
    }

    var bytes: [UInt8] { [UInt8](UnsafeRawBufferPointer(start: memory, count: count)) }

    func cut(to length: Int) {
        count = min(count, length)
    }

    /// Gives back what an unusually big transaction took.
    func shrink() {
        guard capacity > 1 << 16, count == 0 else { return }
        memory.deallocate()
        capacity = 4_096
        memory = .allocate(byteCount: capacity, alignment: 8)
    }

    @inline(__always)
    func append(_ byte: UInt8) {
        if count == capacity { grow(by: 1) }
        memory.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    /// Eight bytes, the highest first.
    @inline(__always)
    func append(bigEndian value: UInt64) {
        if count + 8 > capacity { grow(by: 8) }
        memory.storeBytes(of: value.bigEndian, toByteOffset: count, as: UInt64.self)
        count += 8
    }

    @inline(__always)
    func append(_ start: UnsafeRawPointer?, _ length: Int) {
        guard let start, length > 0 else { return }
        if count + length > capacity { grow(by: length) }
        (memory + count).copyMemory(from: start, byteCount: length)
        count += length
    }

    /// SQLite's variable-length number, the highest seven bits first (https://sqlite.org/fileformat2.html#varint).
    @inline(__always)
    func append(varint value: Int) {
        if value < 0x80 { return append(UInt8(value)) }
        append(longVarint: UInt32(value))
    }

    /// Of numbers below 2^31 only, such as lengths.
    private func append(longVarint value: UInt32) {
        var shift: UInt32 = 28
        while value >> shift == 0 { shift -= 7 }
        while shift > 0 {
            append(UInt8(truncatingIfNeeded: value >> shift) | 0x80)
            shift -= 7
        }
        append(UInt8(truncatingIfNeeded: value) & 0x7f)
    }

    private func grow(by length: Int) {
        let larger = max(capacity * 2, count + length)
        let fresh = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
        fresh.copyMemory(from: memory, byteCount: count)
        memory.deallocate()
        memory = fresh
        capacity = larger
    }
}
