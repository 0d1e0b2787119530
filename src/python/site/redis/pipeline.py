"""Pipelines: commands that are sent together, as a transaction or not."""
from redis.client import Redis, parse
from redis.exceptions import ConnectionError, ExecAbortError, RedisError, ResponseError, WatchError

EMPTY_RESPONSE = "EMPTY_RESPONSE"


def annotated(exception, number, command):
    """Says which command of a pipeline it was."""
    words = " ".join(word.decode("utf-8", "replace") if isinstance(word, bytes) else str(word) for word in command)
    if len(words) > 100:
        words = words[:97] + "..."
    message = f"Command # {number} ({words}) of pipeline caused error: {exception.args[0]}"
    exception.args = (message, *exception.args[1:])


class Pipeline(Redis):
    """Commands that are sent together: as one transaction, or one after the other (transaction=False).

    After watch(), and until multi(), commands are executed at once.
    """

    UNWATCH_COMMANDS = {"DISCARD", "EXEC", "UNWATCH"}

    def __init__(self, connection_pool, response_callbacks, transaction=True, shard_hint=None):
        self.connection_pool = connection_pool
        self.response_callbacks = response_callbacks
        self.transaction = transaction
        self.connection = None
        self.auto_close_connection_pool = False
        self.watching = False
        self.command_stack = []
        self.scripts = set()
        self.explicit_transaction = False

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.reset()

    def __len__(self):
        return len(self.command_stack)

    def __bool__(self):
        return True

    def close(self):
        self.reset()

    def reset(self):
        """Forgets its commands, and what it watches."""
        self.command_stack = []
        self.scripts = set()
        if self.watching and self.connection:
            try:
                self.connection.send_command("UNWATCH")
                self.connection.read_response()
            except ConnectionError:
                self.connection.disconnect()
        self.watching = False
        self.explicit_transaction = False
        if self.connection:
            self.connection_pool.release(self.connection)
            self.connection = None

    def multi(self):
        """From here on commands are queued again."""
        if self.explicit_transaction:
            raise RedisError("Cannot issue nested calls to MULTI")
        if self.command_stack:
            raise RedisError("Commands without an initial WATCH have already been issued")
        self.explicit_transaction = True

    def watch(self, *names):
        if self.explicit_transaction:
            raise RedisError("Cannot issue a WATCH after a MULTI")
        return self.execute_command("WATCH", *names)

    def unwatch(self):
        return self.execute_command("UNWATCH") if self.watching else True

    def discard(self):
        return self.execute_command("DISCARD")

    def execute_command(self, *args, **options):
        if (self.watching or args[0] == "WATCH") and not self.explicit_transaction:
            return self.immediate_execute_command(*args, **options)
        self.command_stack.append((args, options))
        return self

    def immediate_execute_command(self, *args, **options):
        if not self.connection:
            self.connection = self.connection_pool.get_connection(args[0])
        connection = self.connection
        return connection.retry.call_with_retry(
            lambda: self._ask(connection, args[0], args, options), lambda error: self._lost(connection, error))

    def _lost(self, connection, error):
        connection.disconnect()
        if self.watching:
            # What was watched may have changed before it is watched again.
            self.reset()
            raise WatchError(f"A {type(error).__name__} occurred while watching one or more keys")
        if not connection.retry_on_error and connection.retry.get_retries() == 0:
            self.reset()
            raise error

    def parse_response(self, connection, command_name, **options):
        result = super().parse_response(connection, command_name, **options)
        if command_name in self.UNWATCH_COMMANDS:
            self.watching = False
        elif command_name == "WATCH":
            self.watching = True
        return result

    def execute(self, raise_on_error=True):
        """Executes all commands; a list of what they return. The first error is raised, or stands in the list."""
        stack = self.command_stack
        if not stack and not self.watching:
            return []
        if self.scripts:
            self._load_scripts()
        run = self._execute_transaction if self.transaction or self.explicit_transaction else self._execute_pipeline
        if not self.connection:
            self.connection = self.connection_pool.get_connection("MULTI")
        connection = self.connection
        try:
            return connection.retry.call_with_retry(
                lambda: run(connection, stack, raise_on_error), lambda error: self._lost(connection, error))
        finally:
            self.reset()

    def _load_scripts(self):
        scripts = list(self.scripts)
        shas = [script.sha for script in scripts]
        known = self.immediate_execute_command("SCRIPT EXISTS", *shas)
        for script, there in zip(scripts, known):
            if not there:
                script.sha = self.immediate_execute_command("SCRIPT LOAD", script.script)

    def _execute_transaction(self, connection, commands, raise_on_error):
        stack = [(("MULTI",), {}), *commands, (("EXEC",), {})]
        connection.send_packed_command(b"".join(
            connection.encoder.pack(args) for args, options in stack if EMPTY_RESPONSE not in options))
        errors = []
        try:
            self.parse_response(connection, "_")
        except ResponseError as error:
            errors.append((0, error))
        for number, (args, options) in enumerate(commands):
            if EMPTY_RESPONSE in options:
                errors.append((number, options[EMPTY_RESPONSE]))
                continue
            try:
                self.parse_response(connection, "_")
            except ResponseError as error:
                annotated(error, number + 1, args)
                errors.append((number, error))
        try:
            response = self.parse_response(connection, "_")
        except ExecAbortError:
            if errors:
                raise errors[0][1]
            raise
        self.watching = False
        if response is None:
            raise WatchError("Watched variable changed.")
        for number, error in errors:
            response.insert(number, error)
        if len(response) != len(commands):
            connection.disconnect()
            raise ResponseError("Wrong number of response items from pipeline execution")
        if raise_on_error:
            self.raise_first_error(commands, response)
        return [value if isinstance(value, Exception) else parse(self.response_callbacks, value, args[0], options)
                for value, (args, options) in zip(response, commands)]

    def _execute_pipeline(self, connection, commands, raise_on_error):
        connection.send_packed_command(b"".join(connection.encoder.pack(args) for args, options in commands))
        response = []
        for args, options in commands:
            try:
                response.append(self.parse_response(connection, args[0], **options))
            except ResponseError as error:
                response.append(error)
        if raise_on_error:
            self.raise_first_error(commands, response)
        return response

    def raise_first_error(self, commands, response):
        for number, (reply, (args, options)) in enumerate(zip(response, commands), 1):
            if isinstance(reply, ResponseError):
                annotated(reply, number, args)
                raise reply
