internal import Platform

/// The filter programs of one repository: those that run, and how to run the others.
final class FilterPrograms {
    private let configuration: Configuration
    /// What the programs see, and where they work.
    private let environment: () -> Environment
    private let folder: Path?
    private var drivers: [String: FilterDriver?] = [:]
    /// Those that run, by their command line.
    private var processes: [String: FilterProcess] = [:]

    init(_ configuration: Configuration, folder: Path?, environment: @escaping () -> Environment) {
        self.configuration = configuration
        self.folder = folder
        self.environment = environment
    }

    /// The driver of that name, or nil where the configuration knows none.
    func driver(_ name: String) throws(GitError) -> FilterDriver? {
        if let known = drivers[name] { return known }
        let driver = try FilterDriver(name, configuration)
        drivers[name] = .some(driver)
        return driver
    }

    /// Sends content through a driver.
    ///
    /// - Returns: The new content, or nil where the driver does nothing in that direction.
    func filtered(
        _ bytes: [UInt8], path: Path, _ direction: FilterDirection, blob: ObjectID?,
        by driver: FilterDriver
    ) throws(FilterFailure) -> [UInt8]? {
        guard driver.process.isEmpty else {
            return try filtered(bytes, path, direction, blob, throughProcess: driver.process)
        }
        guard let commandLine = driver.commandLine(direction, path: path) else { return nil }
        var program = subprocess(commandLine)
        program.input = .bytes(bytes)
        program.output = .captured(atMost: .max)
        let finished: Subprocess.Finished
        do throws(SystemError) { finished = try program.run() } catch {
            throw FilterFailure(error)
        }
        guard finished.status.isSuccess else { throw FilterFailure(finished.status) }
        return finished.output
    }

    /// Ends the programs that run; they are started again when needed.
    func end() {
        for process in processes.values { process.end() }
        processes = [:]
    }

    private func filtered(
        _ bytes: [UInt8], _ path: Path, _ direction: FilterDirection, _ blob: ObjectID?,
        throughProcess commandLine: String
    ) throws(FilterFailure) -> [UInt8]? {
        let process: FilterProcess
        if let running = processes[commandLine] {
            process = running
        } else {
            process = try FilterProcess(subprocess(Array(commandLine.utf8)))
            processes[commandLine] = process
        }
        do throws(FilterFailure) {
            return try process.filtered(bytes, path: path, direction, blob: blob)
        } catch {
            if error.isBroken { processes[commandLine] = nil }
            throw error
        }
    }

    private func subprocess(_ commandLine: [UInt8]) -> Subprocess {
        var program = Subprocess(shell: commandLine, environment: environment())
        program.folder = folder
        return program
    }
}
