internal import Platform

extension Repository {
    /// Removes references and their reflogs.
    ///
    /// First they go out of `packed-refs`, then their own files vanish: a process that is killed in between
    /// leaves each of them whole or gone. HEAD must name none of them.
    ///
    /// - Parameter references: What is to be removed, and what each must name now.
    /// - Throws: ``GitError`` where somebody else moved one meanwhile; nothing is removed then.
    ///
    /// Follows `files_transaction_finish` in refs/files-backend.c of git.
    func remove(_ references: [(name: ReferenceName, old: ObjectID)]) throws(GitError) {
        for (name, old) in references {
            let file = layout.commonFolder.appending(name.path)
            try system { () throws(SystemError) in try Folder.create(file.parent) }
            let lock = try lock(file)
            guard try commit(of: name) == old else {
                throw GitError(
                    "'\(name.short.displayName)' was moved by somebody else meanwhile",
                    hint: "look at it with 'nbgit log', then try again")
            }
            try unpack(name)
            try system { () throws(SystemError) in
                try File.remove(lock.target)
                try File.remove(layout.commonFolder.appending("logs").appending(name.path))
            }
        }
        for (name, _) in references {
            removeEmptyFolders(above: name, in: layout.commonFolder)
            removeEmptyFolders(above: name, in: layout.commonFolder.appending("logs"))
        }
    }

    /// Takes a reference out of `packed-refs`, with the line of what its tag is about.
    private func unpack(_ name: ReferenceName) throws(GitError) {
        let file = layout.commonFolder.appending("packed-refs")
        guard Self.lines(of: file, without: name) != nil else { return }
        var lock = try lock(file)
        guard let kept = Self.lines(of: file, without: name) else { return }
        try system { () throws(SystemError) in
            try lock.write(kept)
            try lock.keepPermissions()
            try lock.replace(durable: flushes.references)
        }
    }

    /// The file without a reference; nil where it does not have it.
    private static func lines(of file: Path, without name: ReferenceName) -> [UInt8]? {
        guard let bytes = try? File.read(file) else { return nil }
        var kept: [UInt8] = []
        var (isFound, isDropping) = (false, false)
        for line in bytes.split(separator: .newline, omittingEmptySubsequences: true) {
            // '^' is the object that the tag in the line above is about.
            if line.first != UInt8(ascii: "^") {
                isDropping = line.dropFirst(41).elementsEqual(name.path.bytes)
            }
            isFound = isFound || isDropping
            if !isDropping { kept += line + [.newline] }
        }
        return isFound ? kept : nil
    }

    /// As git does, `refs/heads` and its like stay.
    private func removeEmptyFolders(above name: ReferenceName, in root: Path) {
        var folder = name.path.parent
        while folder.components.count > 2 {
            try? Folder.removeIfEmpty(root.appending(folder))
            folder = folder.parent
        }
    }
}
