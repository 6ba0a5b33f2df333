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
    fileprivate static func edit(
        under lock: consuming LockFile, _ change: (OpaquePointer) throws(GitError) -> Void
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
        let bytes = try system { () throws(SystemError) in try File.read(draft) }
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
        guard let file = files.personal else {
            throw GitError("HOME is not set, so there is no place for personal settings")
        }
        let target = try system { () throws(SystemError) in try File.endOfLinks(from: file) }
        let anchors = target.parent.appending(".nbgit-locks")
        defer { try? Folder.removeIfEmpty(anchors) }
        let lock: LockFile
        do throws(SystemError) {
            try Folder.create(target.parent)
            lock = try LockFile(replacing: target, anchors: anchors, timeout: .seconds(5))
        } catch {
            throw GitError(error)
        }
        try Self.set(values, under: lock)
        return file
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
