import Foundation

/// A scratch folder that is removed, with all in it, when the test lets go of it, or all tests end.
///
///     @Test func `a file is read`() throws {
///         let scratch = try TemporaryDirectory()
///         try scratch.write("text", to: "below/file")
public final class TemporaryDirectory: Sendable {
    /// The absolute path, without links, without a closing slash.
    public let path: String

    /// Where all of them lie: in memory, which need not wait for a disk with every file that is flushed, where the
    /// system has a folder for that with room enough, in which programs may be run.
    public static let place: String = {
        let memory = "/dev/shm"
        var system = statvfs()
        guard access(memory, W_OK) == 0, statvfs(memory, &system) == 0,
            // ST_NOEXEC, which is not imported.
            system.f_flag & 8 == 0, UInt64(system.f_bavail) * UInt64(system.f_frsize) > 2 << 30
        else { return "/tmp" }
        return memory
    }()

    /// Makes an empty folder that only its owner may enter.
    ///
    /// - Throws: Where it cannot be made.
    public init() throws {
        var template = Array("\(Self.place)/nbgit-test-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw CocoaError(.fileWriteUnknown) }
        path = String(cString: made)
        Self.living.insert(path)
    }

    deinit {
        Self.living.remove(path)
        Self.remove(path)
    }

    private static let living: LivingFolders = {
        atexit { TemporaryDirectory.living.removeAll() }
        return LivingFolders()
    }()

    fileprivate static func remove(_ path: String) {
        guard (try? FileManager.default.removeItem(atPath: path)) == nil else { return }
        // Foundation stumbles over names that are not UTF-8; rm does not.
        _ = try? run(["/bin/rm", "-rf", "--", path], in: "/")
    }

    /// The absolute path of something in the folder.
    public func path(_ name: String) -> String {
        "\(path)/\(name)"
    }

    /// Writes a file, making the folders it lies in.
    public func write(_ text: String, to name: String) throws {
        try write(Array(text.utf8), to: name)
    }

    /// Writes a file, making the folders it lies in.
    public func write(_ bytes: [UInt8], to name: String) throws {
        let url = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    /// Makes a folder, and those above it.
    public func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: path(name), withIntermediateDirectories: true)
    }

    /// The bytes of a file.
    public func read(_ name: String) throws -> [UInt8] {
        // Not Data(contentsOf:), which leaks 4 kB for every empty file (Swift 6.3.1).
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path(name)))
        return try Array(file.readToEnd() ?? Data())
    }

    /// The text of a file.
    public func text(_ name: String) throws -> String {
        String(decoding: try read(name), as: UTF8.self)
    }

    /// The names directly in the folder or in one below it, hidden ones too, sorted.
    public func names(_ folder: String = ".") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
    }
}

/// Those that nobody has let go of; what a static property keeps is removed at the end.
private final class LivingFolders: @unchecked Sendable {
    /// A `Mutex` is none that the thread sanitizer sees.
    private let lock = NSLock()
    private var paths: Set<String> = []

    func removeAll() {
        for path in lock.withLock({ paths }) { TemporaryDirectory.remove(path) }
    }

    func insert(_ path: String) { lock.withLock { _ = paths.insert(path) } }
    func remove(_ path: String) { lock.withLock { _ = paths.remove(path) } }
}
