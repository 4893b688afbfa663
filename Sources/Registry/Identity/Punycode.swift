/// Characters beyond ASCII written in ASCII, as domain labels do after `xn--`.
///
/// <https://www.rfc-editor.org/rfc/rfc3492>
enum Punycode {
    /// Encodes a label; nil when it is too long to be one.
    static func encode(_ label: [Unicode.Scalar]) -> String? {
        guard label.count <= 255 else { return nil }
        var output = label.filter(\.isASCII).map { UInt8($0.value) }
        var handled = output.count
        let basic = handled
        if basic > 0 { output.append(UInt8(ascii: "-")) }
        var state = State()
        while handled < label.count {
            guard let next = label.lazy.map({ Int($0.value) }).filter({ $0 >= state.code }).min() else { return nil }
            state.delta += (next - state.code) * (handled + 1)
            state.code = next
            for scalar in label {
                if Int(scalar.value) < state.code { state.delta += 1 }
                guard Int(scalar.value) == state.code else { continue }
                var rest = state.delta
                var position = base
                while true {
                    let threshold = state.threshold(at: position)
                    if rest < threshold { break }
                    output.append(digit(threshold + (rest - threshold) % (base - threshold)))
                    rest = (rest - threshold) / (base - threshold)
                    position += base
                }
                output.append(digit(rest))
                state.adapt(points: handled + 1, isFirst: handled == basic)
                handled += 1
            }
            state.delta += 1
            state.code += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Decodes what follows `xn--`; nil when it is malformed.
    static func decode(_ text: some Collection<UInt8>) -> [Unicode.Scalar]? {
        let bytes = Array(text)
        guard bytes.count <= 255, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        let hyphen = bytes.lastIndex(of: UInt8(ascii: "-"))
        var output = bytes[..<(hyphen ?? 0)].map { Unicode.Scalar($0) }
        var state = State()
        var index = 0
        var next = hyphen.map { $0 + 1 } ?? 0
        while next < bytes.count {
            let old = index
            var weight = 1
            var position = base
            while true {
                guard next < bytes.count, let value = value(of: bytes[next]) else { return nil }
                next += 1
                index += value * weight
                if index > 0x7FFF_FFFF { return nil }
                let threshold = state.threshold(at: position)
                if value < threshold { break }
                weight *= base - threshold
                if weight > 0x7FFF_FFFF { return nil }
                position += base
            }
            state.delta = index - old
            state.adapt(points: output.count + 1, isFirst: old == 0)
            state.code += index / (output.count + 1)
            index %= output.count + 1
            guard state.code <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(state.code)) else { return nil }
            output.insert(scalar, at: index)
            index += 1
        }
        return output
    }

    private static let base = 36

    private struct State {
        var code = 128
        var delta = 0
        var bias = 72

        func threshold(at position: Int) -> Int { min(max(position - bias, 1), 26) }

        mutating func adapt(points: Int, isFirst: Bool) {
            delta = isFirst ? delta / 700 : delta / 2
            delta += delta / points
            var steps = 0
            while delta > (base - 1) * 26 / 2 {
                delta /= base - 1
                steps += base
            }
            bias = steps + base * delta / (delta + 38)
            delta = 0
        }
    }

    private static func digit(_ value: Int) -> UInt8 {
        value < 26 ? UInt8(ascii: "a") + UInt8(value) : UInt8(ascii: "0") + UInt8(value - 26)
    }

    private static func value(of digit: UInt8) -> Int? {
        switch digit {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(digit - UInt8(ascii: "a"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit - UInt8(ascii: "0")) + 26
        default: nil
        }
    }
}
