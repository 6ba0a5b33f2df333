internal import Clibgit2
internal import Platform

extension Repository {
    /// The commits that stand in for others, by the names of these.
    ///
    /// Follows git-replace(1), `GIT_NO_REPLACE_OBJECTS` and `core.useReplaceRefs`.
    func readReplacements() throws(GitError) -> [ObjectID: ObjectID] {
        let folder = Path("refs/replace")
        let loose = Folder.walk(layout.commonFolder.appending(folder)) {
            $0.kind == .folder ? .descend : .take
        }
        let packed = (try? File.read(layout.commonFolder.appending("packed-refs"))) ?? []
        let isPacked = packed.split(separator: .newline).contains { line in
            line.dropFirst(41).starts(with: folder.bytes)
        }
        guard !loose.taken.isEmpty || isPacked, environment["GIT_NO_REPLACE_OBJECTS"] == nil,
            try configuration.bool("core.useReplaceRefs") ?? true
        else { return [:] }
        var names = git_strarray()
        try check("git_reference_list", git_reference_list(&names, pointer))
        defer { git_strarray_dispose(&names) }
        var replacements: [ObjectID: ObjectID] = [:]
        for number in 0..<names.count {
            guard let text = names.strings[number],
                let name = Path(cString: text).relative(to: folder),
                let old = name.string.flatMap(ObjectID.init(hexadecimal:)),
                let new = try commit(of: ReferenceName(Path(cString: text)))
            else { continue }
            replacements[old] = new
        }
        return replacements
    }
}
