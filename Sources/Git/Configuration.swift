internal import CGitShims
internal import Clibgit2
public import Platform

/// What git is told by its configuration: files of the machine, the person and the repository, and the
/// environment.
///
/// Settings that are set more than once: the last one of the most particular level holds.
///
/// Follows git-config(1).
public final class Configuration {
    let pointer: OpaquePointer
    /// The files it is read from.
    public let files: ConfigurationFiles
    /// What `~` stands for.
    private let home: Path?

    /// One setting as it was written.
    public struct Entry: Hashable, Sendable {
        /// The full name; section and key in small letters.
        public let name: String
        /// The value, byte for byte; empty where only the key is written, which means yes.
        public let bytes: [UInt8]
        /// Where it was set.
        public let level: ConfigurationLevel

        /// The value as text; bytes that are not UTF-8 become U+FFFD.
        public var value: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// Reads the configuration of the machine, the person and the environment.
    public convenience init(environment: Environment) throws(GitError) {
        try self.init(
            files: ConfigurationFiles(environment: environment), environment: environment,
            repository: nil)
    }

    /// Reads one file alone; it need not exist.
    init(file: Path) throws(GitError) {
        try Library.ready()
        pointer = try made("git_config_open_ondisk") { git_config_open_ondisk(&$0, file.cName) }
        files = ConfigurationFiles(environment: Environment([:]))
        home = nil
    }

    init(
        files: ConfigurationFiles, environment: Environment, repository: OpaquePointer?
    ) throws(GitError) {
        try Library.ready()
        let pointer = try made("git_config_new") { git_config_new(&$0) }
        self.pointer = pointer
        self.files = files
        home = environment.path("HOME")
        for (level, file) in files.files {
            try check(
                "git_config_add_file_ondisk",
                git_config_add_file_ondisk(pointer, file.cName, level.number, repository, 1))
        }
        let commanded = try EnvironmentConfiguration.settings(environment)
        guard !commanded.isEmpty else { return }
        let answer = withCStrings(commanded.map { Array($0.name.utf8) }) { names in
            withCStrings(commanded.map { Array($0.value.utf8) }) { values in
                nbgit_config_add_values(pointer, names, values, names.count, repository)
            }
        }
        try check("git_config_add_backend", answer)
    }

    deinit {
        git_config_free(pointer)
    }

    // MARK: Values

    /// The entry that holds, or nil where nothing is set.
    ///
    /// - Parameter name: Such as `user.name`.
    /// - Returns: The last entry of the most particular level.
    /// - Throws: ``GitError`` where the name is none or a file cannot be read.
    public func entry(_ name: String) throws(GitError) -> Entry? {
        var entry: UnsafeMutablePointer<git_config_entry>?
        let answer = git_config_get_entry(&entry, pointer, name)
        guard try isSet("git_config_get_entry", answer) else { return nil }
        defer { git_config_entry_free(entry) }
        return entry.flatMap(Entry.init)
    }

    /// The text that holds, or nil where nothing is set.
    public func string(_ name: String) throws(GitError) -> String? {
        try entry(name)?.value
    }

    /// Whether it says yes, or nil where nothing is set.
    ///
    /// - Throws: ``GitError`` where it says neither yes nor no.
    public func bool(_ name: String) throws(GitError) -> Bool? {
        var value: Int32 = 0
        let answer = git_config_get_bool(&value, pointer, name)
        return try isSet("git_config_get_bool", answer) ? value != 0 : nil
    }

    /// The number, with `k`, `m` or `g` multiplied out, or nil where nothing is set.
    ///
    /// - Throws: ``GitError`` where it is no number.
    public func integer(_ name: String) throws(GitError) -> Int? {
        var value: Int64 = 0
        let answer = git_config_get_int64(&value, pointer, name)
        return try isSet("git_config_get_int64", answer) ? Int(value) : nil
    }

    /// Whether a name was found to have a value.
    ///
    /// That it has none is what most lookups find: an error, with words for people, would take longer than they.
    private func isSet(_ call: String, _ answer: Int32) throws(GitError) -> Bool {
        guard answer == GIT_ENOTFOUND.rawValue else { return try check(call, answer) >= 0 }
        git_error_clear()
        return false
    }

    /// The path, with `~` replaced by the home folder, or nil where nothing is set or it is empty.
    public func path(_ name: String) throws(GitError) -> Path? {
        try entry(name).flatMap { entry throws(GitError) in try path(of: entry) }
    }

    /// The path that an entry names, with `~` replaced by the home folder, or nil where it is empty.
    func path(of entry: Entry) throws(GitError) -> Path? {
        let value = entry.value
        guard !value.isEmpty else { return nil }
        guard value == "~" || value.hasPrefix("~/") else { return Path(value) }
        guard let home else {
            throw GitError("\(entry.name): '\(value)' needs HOME, which is not set")
        }
        return home.appending(Path(String(value.dropFirst(2))))
    }

    /// All values of a name, from the general to the particular.
    public func values(of name: String) throws(GitError) -> [Entry] {
        let name = EnvironmentConfiguration.normalized(name)
        return try entries { $0 == name }
    }

    /// All entries whose names satisfy `isWanted`, from the general to the particular.
    public func entries(_ isWanted: (String) -> Bool) throws(GitError) -> [Entry] {
        var iterator: UnsafeMutablePointer<git_config_iterator>?
        try check("git_config_iterator_new", git_config_iterator_new(&iterator, pointer))
        defer { git_config_iterator_free(iterator) }
        var entries: [Entry] = []
        var entry: UnsafeMutablePointer<git_config_entry>?
        while true {
            let answer = git_config_next(&entry, iterator)
            guard answer != GIT_ITEROVER.rawValue else { break }
            try check("git_config_next", answer)
            guard let found = entry.flatMap(Entry.init), isWanted(found.name) else { continue }
            entries.append(found)
        }
        // Within a level the order of the file holds.
        return ConfigurationLevel.allCases.flatMap { level in
            entries.filter { $0.level == level }
        }
    }
}

extension Configuration.Entry {
    fileprivate init?(_ entry: UnsafeMutablePointer<git_config_entry>) {
        guard let level = ConfigurationLevel(entry.pointee.level) else { return nil }
        name = String(cString: entry.pointee.name)
        bytes = entry.pointee.value.map { Path(cString: $0).bytes } ?? []
        self.level = level
    }
}
