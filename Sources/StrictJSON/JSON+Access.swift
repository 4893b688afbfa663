extension JSON {
    /// The value of an object's member, the last one of that name; nil without such a member, or when not an object.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name.hasSameBytes(as: name) }?.value
    }

    /// The string, unescaped; nil for anything but a string.
    public var stringValue: String? {
        guard case .string(let string) = self else { return nil }
        return string
    }

    /// The truth value; nil for anything but `true` and `false`.
    public var boolValue: Bool? {
        guard case .bool(let bool) = self else { return nil }
        return bool
    }

    /// The elements; nil for anything but an array.
    public var arrayValue: [JSON]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members in their order, repeated names included; nil for anything but an object.
    public var objectValue: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// The number, when its text is a whole number without point and exponent that fits in 64 bits; nil otherwise.
    public var integerValue: Int64? {
        guard case .number(let text) = self else { return nil }
        return Int64(text)
    }
}
