/// A shell that words can be completed in.
public enum Shell: String, Sendable {
    case bash
    case zsh
}
