/// How answers are to be shown.
public struct AnswerStyle: Sendable, Equatable {
    /// Whether every row, object, event and failure is one line of JSON.
    public var isJSON: Bool
    /// How many characters a line of the terminal has; nil when the output goes elsewhere.
    public var width: Int?
    /// Whether somebody watches the progress of long requests.
    public var showsProgress: Bool

    /// Puts a style together.
    public init(isJSON: Bool, width: Int?, showsProgress: Bool) {
        self.isJSON = isJSON
        self.width = width
        self.showsProgress = showsProgress
    }
}
