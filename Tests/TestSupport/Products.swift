internal import Foundation

/// The programs that were built together with the tests.
public enum Products {
    /// The path of a program.
    public static func path(of program: String) -> String {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appendingPathComponent(program).path
    }
}
