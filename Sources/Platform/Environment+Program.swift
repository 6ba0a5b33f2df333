extension Environment {
    /// Where a program is that is called by its name alone; nil where `PATH` leads to none.
    ///
    /// posix_spawnp(3) would look into our own `PATH`, not the one that a program is given. Folders there that are
    /// not absolute are passed over: they would mean what lies in a repository.
    ///
    /// - Parameter name: Without a slash.
    /// - Returns: An absolute path of a file that this person may run.
    public func program(_ name: Path) -> Path? {
        let folders = path("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
        for folder in folders.bytes.split(separator: UInt8(ascii: ":")) where folder.first == .slash
        {
            let candidate = Path(bytes: Array(folder)).appending(name)
            guard (try? File.status(of: candidate))?.kind == .regular else { continue }
            if File.isExecutable(candidate) { return candidate }
        }
        return nil
    }
}
