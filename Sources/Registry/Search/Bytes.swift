/// Looks for bytes in bytes.
enum Bytes {
    /// Whether `part`, which is not empty, is somewhere in `whole`.
    static func contain(_ whole: [UInt8], _ part: [UInt8]) -> Bool {
        whole.withUnsafeBufferPointer { whole in
            part.withUnsafeBufferPointer { part in
                guard part.count > 0, whole.count >= part.count else { return false }
                let (first, second) = (part[0], part.count > 1 ? part[1] : 0)
                for start in 0...(whole.count - part.count) where whole[start] == first {
                    if part.count == 1 { return true }
                    guard whole[start + 1] == second else { continue }
                    var length = 2
                    while length < part.count, whole[start + length] == part[length] { length += 1 }
                    if length == part.count { return true }
                }
                return false
            }
        }
    }
}
