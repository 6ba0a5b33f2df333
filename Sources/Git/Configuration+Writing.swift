internal import Clibgit2
public import Platform

extension Configuration {
    /// Sets values in one file, which is made where it is missing; the rest of the file stays as it is.
    ///
    /// - Throws: ``GitError``; the file is then as it was.
    static func set(
        _ values: [(name: String, value: String)], under lock: consuming LockFile
    ) throws(GitError) {
        try edit(under: lock) { pointer throws(GitError) in
            for (name, value) in values {
                try check("git_config_set_string", git_config_set_string(pointer, name, value))
            }
        }
    }

    /// Changes one file, which is made where it is missing.
    ///
    /// - Parameters:
    ///   - lock: The right to do so.
    ///   - sections: Those that go when nothing is said in them any more.
    ///   - change: Changes a copy of it.
    /// - Throws: ``GitError``; the file is then as it was.
    fileprivate static func edit(
        under lock: consuming LockFile,
        droppingEmpty sections: [(name: String, subsection: [UInt8])] = [],
        _ change: (OpaquePointer) throws(GitError) -> Void
    ) throws(GitError) {
        try Library.ready()
        let draft = lock.draft
        let target = lock.target
        let exists = try system { () throws(SystemError) in try File.copy(target, to: draft) }
        if !exists {
            try system { () throws(SystemError) in try File.append([], to: draft) }
        }
        let pointer = try made("git_config_open_ondisk") {
            git_config_open_ondisk(&$0, draft.cName)
        }
        defer { git_config_free(pointer) }
        try change(pointer)
        let written = try system { () throws(SystemError) in try File.read(draft) }
        let bytes = ConfigurationText(written).without(sections, onlyEmpty: true)
        try system { () throws(SystemError) in
            try lock.write(bytes)
            try lock.keepPermissions()
            try lock.replace(durable: true)
        }
    }

    /// Sets values for the person, in `~/.gitconfig` or where else they keep them; gives the file's path.
    ///
    /// - Throws: ``GitError`` where there is no home.
    public func setPersonal(_ values: [(name: String, value: String)]) throws(GitError) -> Path {
        let place = try personalPlace()
        defer { try? Folder.removeIfEmpty(place.anchors) }
        try Self.set(values, under: place.lock())
        return place.file
    }

    /// Takes a setting of the person away, with all values it has; gives the file's path.
    ///
    /// - Throws: ``GitError`` where there is no home.
    public func unsetPersonal(_ name: String) throws(GitError) -> Path {
        let place = try personalPlace()
        defer { try? Folder.removeIfEmpty(place.anchors) }
        try Self.edit(under: place.lock()) { pointer throws(GitError) in
            try Self.set(name, to: nil, in: pointer)
        }
        return place.file
    }

    /// A section with a name in quotes, such as `remote "origin"`, and what its settings are to be.
    public typealias SectionChange = (
        section: String, subsection: String, values: [(key: String, value: String?)]
    )

    /// Changes sections of the person's settings, all of them in one step.
    ///
    /// A section goes with the last of its settings; comments, and the rest of the file, stay as they are.
    ///
    /// - Parameters:
    ///   - changes: The sections, in small letters; a setting without a value goes, with all values it has.
    ///   - addition: One more value for a setting of each section, beside those that it has.
    /// - Returns: The file.
    /// - Throws: ``GitError`` where there is no home; the file is as it was then.
    public func changePersonal(
        _ changes: [SectionChange], adding addition: (key: String, value: String)? = nil
    ) throws(GitError) -> Path {
        let place = try personalPlace()
        defer { try? Folder.removeIfEmpty(place.anchors) }
        let sections = changes.map { (name: $0.section, subsection: Array($0.subsection.utf8)) }
        try Self.edit(under: place.lock(), droppingEmpty: sections) { pointer throws(GitError) in
            for change in changes {
                let section = "\(change.section).\(change.subsection)"
                for (key, value) in change.values {
                    try Self.set("\(section).\(key)", to: value, in: pointer)
                }
                guard let addition else { continue }
                // No value matches, so that none is replaced.
                try check(
                    "git_config_set_multivar",
                    git_config_set_multivar(
                        pointer, "\(section).\(addition.key)", "a^", addition.value))
            }
        }
        return place.file
    }

    private static func set(
        _ name: String, to value: String?, in pointer: OpaquePointer
    ) throws(GitError) {
        if let value {
            try check("git_config_set_string", git_config_set_string(pointer, name, value))
            return
        }
        _ = try optional { () throws(GitError) in
            try check(
                "git_config_delete_multivar", git_config_delete_multivar(pointer, name, ".*"))
        }
    }

    /// The settings that the person's own file has, without those of files that it includes.
    public func personalEntries(
        _ isWanted: (String) -> Bool
    ) throws(GitError) -> [Entry] {
        guard let file = files.personal else { return [] }
        return try Configuration(file: file).entries(isWanted)
    }

    /// Where the settings of the person are written.
    private struct PersonalPlace {
        /// As it is called.
        let file: Path
        /// Where its links end.
        let target: Path
        let anchors: Path

        func lock() throws(GitError) -> LockFile {
            do throws(SystemError) {
                try Folder.create(target.parent)
                return try LockFile(replacing: target, anchors: anchors, timeout: .seconds(5))
            } catch {
                throw GitError(error)
            }
        }
    }

    private func personalPlace() throws(GitError) -> PersonalPlace {
        guard let file = files.personal else {
            throw GitError("HOME is not set, so there is no place for personal settings")
        }
        let target = try system { () throws(SystemError) in try File.endOfLinks(from: file) }
        let status = try system { () throws(SystemError) in try File.status(of: target) }
        guard (status?.kind ?? .regular) == .regular else {
            throw GitError(
                "there is no place for personal settings: this is no file", path: file,
                hint: "GIT_CONFIG_GLOBAL names it; name a file, or take the variable out")
        }
        return PersonalPlace(
            file: file, target: target, anchors: target.parent.appending(".nbgit-locks"))
    }
}

extension Repository {
    /// Sets values for this repository, in its `config`; gives that file's path.
    public func set(_ values: [(name: String, value: String)]) throws(GitError) -> Path {
        let file = layout.commonFolder.appending("config")
        try Configuration.set(values, under: lock(file))
        return file
    }

    /// Takes settings out of its `config`, all values of each, and the sections that are empty then; one that is
    /// not there is fine.
    func unset(_ names: [String]) throws(GitError) {
        guard !names.isEmpty else { return }
        let file = layout.commonFolder.appending("config")
        try Configuration.edit(under: lock(file)) { pointer throws(GitError) in
            for name in names {
                _ = try optional { () throws(GitError) in
                    try check(
                        "git_config_delete_multivar",
                        git_config_delete_multivar(pointer, name, ".*"))
                }
            }
        }
        let sections = names.compactMap { name -> (name: String, subsection: [UInt8])? in
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count > 2 else { return nil }
            let subsection = parts[1..<(parts.count - 1)].joined(separator: ".")
            return (parts[0].lowercased(), Array(subsection.utf8))
        }
        try removeSections(sections, onlyEmpty: true)
    }
}
