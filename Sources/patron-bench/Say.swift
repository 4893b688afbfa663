import Foundation

/// Prints at once, also into a pipe.
func say(_ text: String) {
    print(text)
    fflush(nil)
}
