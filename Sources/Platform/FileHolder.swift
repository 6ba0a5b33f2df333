import Glibc

/// A program that has a file open.
public struct FileHolder: Sendable, CustomStringConvertible {
    /// The name of the program, as the kernel keeps it: at most 15 bytes.
    public let name: Path
    /// The number of its process.
    public let process: Int

    /// Looks for one, among the programs that we may look at; nil where none is seen.
    ///
    /// Follows proc(5); where there is no `/proc`, nobody is seen.
    public init?(of file: Path) {
        guard let wanted = try? File.status(of: file)?.identity else { return nil }
        let processes = Folder.walk("/proc") { Int($0.name.string ?? "") == nil ? .skip : .take }
        for entry in processes.taken {
            guard let process = Int(entry.name.string ?? ""), process != getpid() else { continue }
            let folder = Path("/proc").appending(entry.relativePath)
            let files = Folder.walk(folder.appending("fd")) { _ in .take }.taken
            let isOpen = files.contains { file in
                let path = folder.appending("fd").appending(file.name)
                return (try? File.status(of: path))?.identity == wanted
            }
            guard isOpen, let line = try? File.read(folder.appending("comm")) else { continue }
            name = Path(bytes: Array(line.dropLast()))
            self.process = process
            return
        }
        return nil
    }

    /// Such as `git (process 4711)`.
    public var description: String { "\(name.displayName) (process \(process))" }
}
