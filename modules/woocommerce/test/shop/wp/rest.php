<?php

class WP_Error
{
    private $code;
    private $message;
    private $data;

    public function __construct($code = '', $message = '', $data = [])
    {
        [$this->code, $this->message, $this->data] = [$code, $message, $data];
    }

    public function to_response()
    {
        $body = ['code' => $this->code, 'message' => $this->message, 'data' => $this->data];

        return new WP_REST_Response($body, $this->data['status'] ?? 500);
    }
}

class WP_HTTP_Response
{
    public $data;
    public $status;

    public function __construct($data = null, $status = 200)
    {
        [$this->data, $this->status] = [$data, $status];
    }

    public function get_status()
    {
        return $this->status;
    }

    public function set_data($data)
    {
        $this->data = $data;
    }

    public function set_status($status)
    {
        $this->status = $status;
    }
}

class WP_REST_Response extends WP_HTTP_Response
{
}

class WP_REST_Request
{
    private $method;
    private $route;
    private $body;

    public function __construct($method, $route, $body)
    {
        [$this->method, $this->route, $this->body] = [$method, $route, $body];
    }

    public function get_method()
    {
        return $this->method;
    }

    public function get_route()
    {
        return $this->route;
    }

    public function get_param($name)
    {
        return $this->get_json_params()[$name] ?? null;
    }

    public function get_json_params()
    {
        return json_decode($this->body, true);
    }
}

function register_rest_route($namespace, $route, $options)
{
    $GLOBALS['wp_routes']['/' . $namespace . $route] = $options;
}

function is_wp_error($thing)
{
    return $thing instanceof WP_Error;
}

/** In the order of WordPress: whose key it is, filters, who may, the route itself, filters again. */
function rest_serve($method, $route, $body)
{
    do_action('rest_api_init');
    $request = new WP_REST_Request($method, $route, $body);
    $answer = wc_rest_authenticate($request);
    $handler = $GLOBALS['wp_routes'][$route] ?? null;
    if ($answer === null && ($handler === null || !in_array($method, (array) $handler['methods'], true))) {
        $answer = new WP_Error('rest_no_route', 'No route was found matching the URL and request method.', ['status' => 404]);
    }
    if ($answer === null) {
        $answer = apply_filters('rest_request_before_callbacks', null, $handler, $request);
        if ($answer === null && !$handler['permission_callback']($request)) {
            $answer = new WP_Error('rest_forbidden', 'Sorry, you are not allowed to do that.', ['status' => 403]);
        }
        $answer = $answer ?? $handler['callback']($request);
        $answer = apply_filters('rest_request_after_callbacks', $answer, $handler, $request);
    }
    $response = is_wp_error($answer) ? $answer->to_response() : $answer;
    wp_send_json($response->data, $response->status);
}
