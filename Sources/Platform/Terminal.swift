import Glibc

/// What is known about the terminal, if there is one.
public enum Terminal {
    /// Whether a person may be looking at `stream`.
    ///
    /// Follows isatty(3).
    public static func isConnected(to stream: StandardStream) -> Bool {
        isatty(stream.rawValue) == 1
    }

    /// Whether the program has a terminal, wherever its three streams lead.
    ///
    /// Follows tty(4).
    public static var isPresent: Bool {
        (try? Descriptor(opening: "/dev/tty", O_RDWR | O_NOCTTY)) != nil
    }

    /// How many columns `stream` shows, or `nil` where that means nothing.
    ///
    /// `COLUMNS` wins over the terminal's own answer, as in git.
    public static func columnCount(
        of stream: StandardStream, environment: Environment
    ) -> Int? {
        if let text = environment["COLUMNS"], let count = Int(text), count > 0 { return count }
        var size = winsize()
        // `size` is what TIOCGWINSZ fills, and outlives the call.
        guard unsafe ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0 else { return nil }
        return size.ws_col > 0 ? Int(size.ws_col) : nil
    }

    /// Whether a Jupyter kernel started the program, as in a cell `!nbgit push`.
    ///
    /// There standard input looks like a terminal but nobody can type into it: never ask, never wait.
    /// jupyter_client sets `JPY_PARENT_PID` for every kernel.
    public static func isInNotebookCell(_ environment: Environment) -> Bool {
        environment["JPY_PARENT_PID"] != nil
    }
}
