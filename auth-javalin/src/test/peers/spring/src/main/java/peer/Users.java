package peer;

import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Repository;

@Repository
class Users implements UserDetailsService {
    private final JdbcClient jdbc;

    Users(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public User loadUserByUsername(String email) {
        return jdbc.sql("select id, email, password_hash, name from users where email = ?")
                .param(email.toLowerCase(Locale.ROOT))
                .query(User.class)
                .optional()
                .orElseThrow(() -> new UsernameNotFoundException("No such user"));
    }

    Optional<User> findById(long id) {
        return jdbc.sql("select id, email, password_hash, name from users where id = ?")
                .param(id)
                .query(User.class)
                .optional();
    }
}
