internal import Platform

/// What a command gets from the world around it.
struct Context {
    let environment: Environment
    let console: Console
}
