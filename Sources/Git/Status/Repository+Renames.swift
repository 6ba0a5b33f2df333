extension Repository {
    /// The changes, with renames in place of pairs of deleted and added files, as the configuration asks.
    ///
    /// - Parameters:
    ///   - changes: Between things in the repository, in the order of their paths.
    ///   - setting: What goes before `diff.renames` and `diff.renameLimit`, such as `status`.
    ///   - limit: What holds where no limit is set.
    /// - Returns: The changes, again in the order of their paths.
    /// - Throws: ``GitError`` where the configuration cannot be read.
    public func withRenames(
        _ changes: [FileChange], setting: String? = nil, limit: Int = 1_000
    ) throws(GitError) -> [FileChange] {
        let sections = [setting, "diff"].compactMap(\.self)
        var limit = limit
        for section in sections.reversed() {
            limit = try configuration.integer("\(section).renamelimit") ?? limit
        }
        for section in sections {
            guard let wanted = try configuration.string("\(section).renames")?.lowercased() else {
                continue
            }
            if ["false", "no", "off", "0"].contains(wanted) { return changes }
            break
        }
        return RenameDetection.applied(to: changes, limit: limit) { side in
            side.id.flatMap { try? self.content(of: $0) }
        }
    }
}
