extension JSONWriter {
    /// Writes a member of the open object.
    public mutating func member(_ name: String, _ value: String) {
        self.name(name)
        string(value)
    }

    /// Writes a member of the open object; nil becomes `null`.
    public mutating func member(_ name: String, _ value: String?) {
        self.name(name)
        if let value { string(value) } else { null() }
    }

    /// Writes a member of the open object.
    public mutating func member(_ name: String, _ value: Int64) {
        self.name(name)
        integer(value)
    }

    /// Writes a member of the open object; nil becomes `null`.
    public mutating func member(_ name: String, _ value: Int64?) {
        self.name(name)
        if let value { integer(value) } else { null() }
    }

    /// Writes a member of the open object.
    public mutating func member(_ name: String, _ value: Int) {
        self.name(name)
        integer(value)
    }

    /// Writes a member of the open object.
    public mutating func member(_ name: String, _ value: Bool) {
        self.name(name)
        bool(value)
    }

    /// Writes a member of the open object.
    public mutating func member(_ name: String, _ value: JSON) {
        self.name(name)
        json(value)
    }

    /// Writes a member of the open object.
    public mutating func member(_ name: String, _ value: JSONFragment) {
        self.name(name)
        fragment(value)
    }

    /// Writes a member of the open object, an array of strings.
    public mutating func member(_ name: String, _ values: [String]) {
        self.name(name)
        beginArray()
        for value in values { string(value) }
        endArray()
    }
}
