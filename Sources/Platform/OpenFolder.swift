import Glibc

/// A folder that is held open, to ask for many names in it: half of what it takes to ask by their paths.
public struct OpenFolder: ~Copyable {
    private let descriptor: Descriptor

    /// Opens a folder that may be entered; nil for anything else, and where nothing is.
    ///
    /// Its names need not be readable: it is opened as a place only, see open(2) on `O_PATH`.
    public init?(_ path: Path) {
        let descriptor = try? Descriptor(opening: path, Self.asPlace | O_DIRECTORY)
        guard let descriptor else { return nil }
        self.descriptor = descriptor
    }

    /// The path that it was opened by.
    public var path: Path { descriptor.path }

    /// What has that name in it, at the end of its links; nil where nothing has, or nobody may look.
    public borrowing func status(of name: Path) -> FileStatus? {
        descriptor.status(of: name, flags: 0)
    }

    /// `O_PATH`, which Glibc shows only to C.
    private static let asPlace: Int32 = 0o10_000_000
}
