internal import Commands

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

@main
enum Main {
    static func main() {
        exit(Commands.run())
    }
}
